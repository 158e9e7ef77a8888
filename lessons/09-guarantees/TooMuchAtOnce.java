///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson09;

import static org.apache.spark.sql.functions.*;

import java.time.*;
import java.util.*;
import java.util.stream.*;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** A query comes back on Monday: 50,000 payments of a weekend wait in a topic. What is a batch, a task and the state? */
@Command(description = "The backlog of a weekend, without limits and with them.")
public class TooMuchAtOnce extends SparkKafkaProgram {

    @Option(names = "--payments", defaultValue = "50000", description = "of the weekend (default: ${DEFAULT-VALUE})")
    int payments;

    @Option(names = "--limit", defaultValue = "5000", description = "records per batch (default: ${DEFAULT-VALUE})")
    String limit;

    private static final TextTable RUNS = new TextTable("%-42s  %7s  %13s  %5s  %12s  %13s  %4s");

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        kafka.createTopic("payments", 2, Map.of("retention.ms", "-1"));
        KafkaText.send(kafka, weekend());
        RUNS.row("options", "batches", "largest batch", "tasks", "largest task", "rows of state", "late");
        read(spark, kafka, Map.of());
        read(spark, kafka, Map.of("minPartitions", "8"));
        read(spark, kafka, Map.of("maxOffsetsPerTrigger", limit));
        read(spark, kafka, Map.of("maxOffsetsPerTrigger", limit, "minPartitions", "8"));
    }

    /** Payments of 48 hours by 500 customers, four of five in partition 0. */
    private List<ProducerRecord<String, String>> weekend() {
        long begin = Instant.parse("2026-03-07T00:00:00Z").toEpochMilli();
        long step = Duration.ofHours(48).toMillis() / payments;
        return IntStream.range(0, payments)
                .mapToObj(i ->
                        new ProducerRecord<>("payments", i % 5 == 0 ? 1 : 0, begin + i * step, "", "" + i * 7 % 500))
                .toList();
    }

    /** The payments of each customer in each hour. */
    public static Dataset<Row> perHour(Dataset<Row> records) {
        return records.withWatermark("timestamp", "10 minutes")
                .groupBy(window(col("timestamp"), "1 hour"), col("value"))
                .count();
    }

    private void read(SparkSession spark, LocalKafka kafka, Map<String, String> options) throws Exception {
        List<CollectedBatch<Row>> batches = new ArrayList<>();
        Bill bill = Bill.of(
                spark,
                () -> batches.addAll(
                        CollectedQuery.run(perHour(KafkaRows.stream(spark, kafka, "payments", options)), "append")));
        List<StageBill> reads =
                bill.stages().stream().filter(stage -> stage.inputRows() > 0).toList();
        RUNS.row(
                options.isEmpty() ? "none" : new TreeMap<>(options).toString().replaceAll("[{}]", ""),
                batches.size(),
                batches.stream().mapToLong(CollectedBatch::inputRows).max().orElse(0),
                reads.stream().mapToInt(stage -> stage.tasks().size()).max().orElse(0),
                reads.stream()
                        .flatMap(stage -> stage.tasks().stream())
                        .mapToLong(TaskBill::inputRows)
                        .max()
                        .orElse(0),
                batches.stream().mapToLong(CollectedBatch::stateRows).max().orElse(0),
                batches.stream().mapToLong(CollectedBatch::lateRows).sum());
    }

    public static void main(String[] args) {
        Program.run(new TooMuchAtOnce(), args);
    }
}
