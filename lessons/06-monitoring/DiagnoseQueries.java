///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.*;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.*;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Five queries, batch by batch, in figures from their progress documents: one is healthy, four are not. */
@Command(description = "The progress of a healthy query and of four unhealthy ones.")
public class DiagnoseQueries extends SparkKafkaProgram {

    @Option(names = "--only", description = "healthy, behind, skewed, leaking or stuck")
    String only;

    @Option(names = "--limit", defaultValue = "40", description = "maxOffsetsPerTrigger (${DEFAULT-VALUE})")
    int limit;

    @Option(names = "--json", description = "the last document of each; its times and rates differ from run to run")
    boolean json;

    private static final int BATCHES = 5;
    private static final Instant NINE = Instant.parse("2018-04-01T09:00:00Z");

    /** A query, and how many payments arrive in its two partitions during a batch. */
    record Case(String name, int first, int second, UnaryOperator<Dataset<Row>> query) {}

    /** Healthy, if there is time for it: payments by terminal and ten minutes. */
    public static Dataset<Row> perTerminal(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "10 minutes"), col("terminal"))
                .agg(count("*").as("payments"));
    }

    /** Leaking: a query for duplicates. Its key is not a window, so the watermark never removes it. */
    public static Dataset<Row> perPayment(Dataset<Row> payments) {
        return payments.groupBy("id").agg(count("*").as("times"));
    }

    /** Stuck: the smaller watermark of the two inputs applies, and no more refunds arrive. */
    public static Dataset<Row> withRefunds(Dataset<Row> payments, Dataset<Row> refunds) {
        return perTerminal(payments.unionByName(refunds));
    }

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        kafka.createTopic("refunds", 1);
        KafkaText.send(kafka, "refunds", List.of(payment(0, 0, 0)));
        Dataset<Row> refunds = watermarked(spark, kafka, "refunds");
        for (Case query : List.of(
                new Case("healthy", 10, 10, DiagnoseQueries::perTerminal),
                new Case("behind", 30, 30, DiagnoseQueries::perTerminal),
                new Case("skewed", 54, 6, DiagnoseQueries::perTerminal),
                new Case("leaking", 10, 10, DiagnoseQueries::perPayment),
                new Case("stuck", 10, 10, payments -> withRefunds(payments, refunds)))) {
            if (only == null || only.equals(query.name())) {
                kafka.createTopic(query.name(), 2);
                print(query.name(), run(query, watermarked(spark, kafka, query.name()), kafka));
            }
        }
    }

    private Dataset<Row> watermarked(SparkSession spark, LocalKafka kafka, String topic) {
        return KafkaRows.payments(spark, kafka, topic, limit).withWatermark("time", "10 minutes");
    }

    /** Runs a query. During each batch the next payments arrive, ten minutes later by event time. */
    static List<StreamingQueryProgress> run(Case of, Dataset<Row> payments, LocalKafka kafka) throws Exception {
        arrive(of, 0, kafka);
        StreamingQuery query = of.query()
                .apply(payments)
                .writeStream()
                .queryName(of.name())
                .outputMode("update")
                .foreachBatch((batch, id) -> {
                    batch.collectAsList();
                    if (id < BATCHES - 1) {
                        arrive(of, id + 1, kafka);
                    }
                })
                .start();
        while (query.recentProgress().length < BATCHES) {
            query.awaitTermination(10); // throws if the query fails
        }
        query.stop();
        return List.of(query.recentProgress()).subList(0, BATCHES);
    }

    private void print(String name, List<StreamingQueryProgress> batches) {
        TextTable table = new TextTable("%-9s  %-6s  %-6s  %-6s  %-9s  %10s  %7s   %s");
        table.row(name, "read", "behind", "newest", "watermark", "state rows", "removed", "");
        if (json) {
            System.out.println(batches.get(BATCHES - 1).prettyJson());
            return;
        }
        for (StreamingQueryProgress batch : batches) {
            SourceProgress[] sources = batch.sources();
            table.row(
                    "    " + batch.batchId(),
                    PartitionOffsets.between(sources[0].startOffset(), sources[0].endOffset()),
                    PartitionOffsets.between(sources[0].endOffset(), sources[0].latestOffset()),
                    ClockTime.of(batch.eventTime().get("max")),
                    ClockTime.of(batch.eventTime().get("watermark")),
                    batch.stateOperators()[0].numRowsTotal(),
                    batch.stateOperators()[0].numRowsRemoved(),
                    sources.length < 2 ? "" : "refunds read: " + sources[1].numInputRows());
        }
    }

    private static void arrive(Case of, long batch, LocalKafka kafka) {
        KafkaText.send(kafka, of.name(), 0, payments(batch, 0, of.first()));
        KafkaText.send(kafka, of.name(), 1, payments(batch, 1, of.second()));
    }

    private static List<String> payments(long batch, int partition, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> payment(batch, partition, i))
                .toList();
    }

    private static String payment(long batch, int partition, int number) {
        long id = 1000 * (2 * batch + partition) + number;
        Instant time = NINE.plusSeconds(600 * batch + 10L * number);
        return new Payment(id, time, 7, number % 4, new BigDecimal("10.00")).toJson();
    }

    public static void main(String[] args) {
        Program.run(new DiagnoseQueries(), args);
    }
}
