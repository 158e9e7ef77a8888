///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.*;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The progress document of a batch, field by field. */
@Command(description = "The progress document of a batch.")
public class ReadTheProgress extends SparkKafkaProgram {

    @Option(names = "--batch", defaultValue = "2", description = "the batch (${DEFAULT-VALUE})")
    int batch;

    @Option(
            names = "--json",
            description = "print the document itself; its times, rates and ids differ from run to run")
    boolean json;

    private static final Instant NINE = Instant.parse("2018-04-01T09:00:00Z");

    /** Counts the records, and those that are not payments: their columns are null. */
    public static Dataset<Row> observed(Dataset<Row> payments) {
        return payments.observe(
                "quality",
                count(lit(1)).as("records"),
                count_if(col("id").isNull()).as("malformed"));
    }

    /** The query: sums by ten minutes. */
    public static Dataset<Row> perTenMinutes(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "10 minutes"))
                .agg(sum("amount").as("total"));
    }

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        kafka.createTopic("payments", 2);
        produce(kafka);
        Dataset<Row> payments = KafkaRows.payments(spark, kafka, "payments", 20);
        StreamingQuery query = perTenMinutes(observed(payments))
                .writeStream()
                .queryName("per-ten-minutes")
                .outputMode("update")
                .trigger(Trigger.AvailableNow())
                .format("noop")
                .start();
        query.awaitTermination();
        StreamingQueryProgress progress = query.recentProgress()[batch]; // one for each batch, the oldest first
        if (json) {
            System.out.println(progress.prettyJson());
        } else {
            print(progress);
        }
    }

    static void print(StreamingQueryProgress progress) {
        System.out.println("query");
        print("name", progress.name());
        print("batchId", progress.batchId());
        print("id, runId", "the query, across restarts; this run of it");
        System.out.println("input");
        print("numInputRows", progress.numInputRows());
        print("…RowsPerSecond", "input and processed; they differ from run to run: see --json");
        System.out.println("processing time, in ms");
        long whole = progress.durationMs().get("triggerExecution");
        long steps = progress.durationMs().values().stream().mapToLong(ms -> ms).sum() - whole;
        print("durationMs", String.join(" ", new TreeMap<>(progress.durationMs()).keySet()));
        print("", "the other steps add up to triggerExecution at most: " + (steps <= whole));
        System.out.println("event time");
        new TreeMap<>(progress.eventTime()).forEach(ReadTheProgress::print);
        for (StateOperatorProgress state : progress.stateOperators()) {
            System.out.println("state operator: " + state.operatorName());
            print("numRowsTotal", state.numRowsTotal());
            print("numRowsUpdated", state.numRowsUpdated());
            print("numRowsRemoved", state.numRowsRemoved());
            print("numRowsDroppedByWatermark", state.numRowsDroppedByWatermark());
            print("numStateStoreInstances", state.numStateStoreInstances());
        }
        for (SourceProgress source : progress.sources()) {
            System.out.println("source: " + source.description());
            print("startOffset", source.startOffset());
            print("endOffset", source.endOffset());
            print("latestOffset", source.latestOffset());
            new TreeMap<>(source.metrics()).forEach(ReadTheProgress::print);
        }
        System.out.println("sink: " + progress.sink().description().replaceAll("@\\w+|\\$", ""));
        print("numOutputRows", progress.sink().numOutputRows());
        System.out.println("observed metrics");
        new TreeMap<>(progress.observedMetrics()).forEach((name, row) -> print(name, row.json()));
    }

    private static void print(String field, Object value) {
        System.out.printf("    %-25s  %s%n", field, value);
    }

    /** A payment a minute to partition 0, one every four minutes to partition 1; one late and one malformed record. */
    static void produce(LocalKafka kafka) {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            first.add(payment(minute));
            if (minute % 4 == 0) {
                second.add(payment(minute));
            }
            if (minute == 40) {
                first.addAll(List.of(payment(-10), "not a payment"));
            }
        }
        KafkaText.send(kafka, "payments", 0, first);
        KafkaText.send(kafka, "payments", 1, second);
    }

    private static String payment(int minute) {
        return new Payment(minute, NINE.plusSeconds(60L * minute), 7, 31, new BigDecimal("10.00")).toJson();
    }

    public static void main(String[] args) {
        Program.run(new ReadTheProgress(), args);
    }
}
