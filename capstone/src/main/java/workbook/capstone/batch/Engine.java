package workbook.capstone.batch;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The engines that can sum the revenue of {@link GoldTables}. The result is the same. */
enum Engine implements RevenueJob {
    SPARK(new RevenueOnSpark()),
    KAFKA_STREAMS(new RevenueOnEngine("OnKafkaStreams")),
    FLINK(new RevenueOnEngine("OnFlink")),
    BEAM(new RevenueOnEngine("OnBeam")),
    STORM(new RevenueOnEngine("OnStorm"));

    private final RevenueJob job;

    Engine(RevenueJob job) {
        this.job = job;
    }

    @Override
    public Dataset<Row> revenue(Dataset<Row> payments) {
        return job.revenue(payments);
    }

    /** As on the command line: {@code kafka-streams}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Converts an option to an engine. */
    static final class Converter implements ITypeConverter<Engine> {

        @Override
        public Engine convert(String name) {
            return Stream.of(values())
                    .filter(engine -> engine.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is none of the engines "
                            + Stream.of(values()).map(Engine::toString).collect(Collectors.joining(", "))));
        }
    }
}
