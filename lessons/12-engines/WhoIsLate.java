///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES OnKafkaStreams.java
//SOURCES OnFlink.java
//SOURCES OnBeam.java
//SOURCES OnStorm.java
//SOURCES late/*.java
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson12;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import workbook.kit.LocalKafka;
import workbook.kit.Program;
import workbook.kit.TextTable;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.spark.SparkKafkaProgram;

/** One job, the same payments, and what each engine has emitted after them. Each waits half an hour for late payments. */
@Command(description = "Payments per hour on five engines: late, on the boundary, without news of a partition.")
public class WhoIsLate extends SparkKafkaProgram {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

    /** The times of payments in the order in which they arrive, one text for each partition. */
    private static final List<List<String>> CASES = List.of(
            List.of("10:45 10:05 23:00"), // the second is late, and its hour is open
            List.of("09:10 10:29:59.999"),
            List.of("09:10 10:30"), // half an hour after the end of the first one's hour
            List.of("10:00 23:00"), // on the hour
            List.of("09:10 10:30", "")); // the second partition is silent

    private long id;

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        List<HourlyCounts> engines = List.of(
                new CountsOnSpark(spark, kafka),
                new CountsOnKafkaStreams(kafka),
                new CountsOnFlink(),
                new CountsOnBeam(),
                new CountsOnStorm());
        TextTable table = new TextTable("%-20s  %-7s  %-13s  %-7s  %-7s  %s");
        table.row("payments", "Spark", "Kafka Streams", "Flink", "Beam", "Storm");
        for (List<String> partitions : CASES) {
            List<List<ReceivedPayment>> payments =
                    partitions.stream().map(this::payments).toList();
            List<Object> cells = new ArrayList<>(List.of(name(partitions)));
            for (HourlyCounts engine : engines) {
                cells.add(engine.hasPartitions() || payments.size() == 1 ? text(engine.emitted(payments)) : "-");
            }
            table.row(cells.toArray());
        }
    }

    private static String name(List<String> partitions) {
        return partitions.stream()
                .map(times -> times.isEmpty() ? "silent" : times)
                .collect(Collectors.joining(" | "));
    }

    private List<ReceivedPayment> payments(String times) {
        return Stream.of(times.split(" "))
                .filter(time -> !time.isEmpty())
                .map(time -> HourlyCounts.payment(
                        ++id, LocalTime.parse(time).atDate(DAY).toInstant(ZoneOffset.UTC)))
                .toList();
    }

    private static String text(List<HourlyCounts.Hour> emitted) {
        return emitted.isEmpty()
                ? "nothing"
                : emitted.stream().map(HourlyCounts.Hour::toString).collect(Collectors.joining(", "));
    }

    public static void main(String... args) {
        Program.run(new WhoIsLate(), args);
    }
}
