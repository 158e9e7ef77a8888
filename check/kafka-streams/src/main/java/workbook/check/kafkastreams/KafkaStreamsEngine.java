package workbook.check.kafkastreams;

import static workbook.check.kafkastreams.KafkaStreamsAnswers.onKafkaStreams;
import static workbook.check.script.Script.row;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import workbook.check.engine.Engine;
import workbook.check.script.Script;

/** Kafka Streams as an engine for checkpoints. Scripts share nothing: each has a driver of its own. */
public final class KafkaStreamsEngine implements Engine {

    private static final int TIMES = 3;

    @Override
    public String packageName() {
        return KafkaStreamsEngine.class.getPackageName();
    }

    /** Runs a topology with a window, which loads the classes that most scripts need. */
    @Override
    public void warmUp() {
        for (int i = 0; i < TIMES; i++) {
            Script.of("n INT")
                    .columns("n")
                    .batch(row(1), row(2))
                    .emitsNothing()
                    .run(onKafkaStreams("n", "n INT", KafkaStreamsEngine::counts));
        }
    }

    private static void counts(StreamsBuilder builder, String in, String out) {
        Duration hour = Duration.ofHours(1);
        builder.stream(in, Consumed.with(Serdes.String(), Serdes.String()))
                .groupBy((key, value) -> value, Grouped.with(Serdes.String(), Serdes.String()))
                .windowedBy(TimeWindows.ofSizeWithNoGrace(hour))
                .count(Materialized.with(Serdes.String(), Serdes.Long()))
                .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
                .toStream()
                .to(
                        out,
                        Produced.with(
                                WindowedSerdes.timeWindowedSerdeFrom(String.class, hour.toMillis()), Serdes.Long()));
    }
}
