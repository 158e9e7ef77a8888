///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.LocalKafka;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.LocalSpark;
import workbook.kit.spark.PaymentRow;

/** What Spark says of a batch: its progress document, field by field. */
@Command(name = "ReadTheProgress", mixinStandardHelpOptions = true, description = "A progress document, read.")
public class ReadTheProgress implements Callable<Integer> {

    @Option(names = "--batch", defaultValue = "2", description = "whose document (default: ${DEFAULT-VALUE})")
    int batch;

    @Option(names = "--json", description = "the document as it is: times, rates and ids differ from run to run")
    boolean json;

    private static final Instant NINE = Instant.parse("2018-04-01T09:00:00Z");

    public static void main(String[] args) {
        Program.run(new ReadTheProgress(), args);
    }

    @Override
    public Integer call() throws Exception {
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        try (SparkSession spark = LocalSpark.start("ReadTheProgress");
                LocalKafka kafka = starting.join()) {
            kafka.createTopic("payments", 2);
            produce(kafka);
            StreamingQuery query = perTenMinutes(payments(spark, kafka))
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
                read(progress);
            }
            return 0;
        }
    }

    /** Payments from a topic, twenty a batch. What is no payment becomes a row of nulls, and is counted. */
    public static Dataset<Row> payments(SparkSession spark, LocalKafka kafka) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", "payments")
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", 20)
                .load()
                .select(from_json(col("value").cast("string"), PaymentRow.SCHEMA)
                        .as("payment"))
                .select("payment.*")
                .observe(
                        "quality",
                        count(lit(1)).as("records"),
                        count_if(col("id").isNull()).as("unreadable"));
    }

    /** The query: what was paid in every ten minutes. */
    public static Dataset<Row> perTenMinutes(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "10 minutes"))
                .agg(sum("amount").as("total"));
    }

    /** The document, in the order in which one asks. */
    public static void read(StreamingQueryProgress progress) {
        System.out.println("who");
        say("name", progress.name());
        say("batchId", progress.batchId());
        say("id, runId", "the query, for ever; this start of it");
        System.out.println("how much");
        say("numInputRows", progress.numInputRows());
        say("…RowsPerSecond", "input and processed, by the clock: see --json");
        System.out.println("how long, in ms");
        long whole = progress.durationMs().get("triggerExecution");
        long parts = progress.durationMs().values().stream().mapToLong(ms -> ms).sum() - whole;
        say("durationMs", String.join(" ", new TreeMap<>(progress.durationMs()).keySet()));
        say("", "the parts make no more than triggerExecution: " + (parts <= whole));
        System.out.println("when, by the payments' own time");
        new TreeMap<>(progress.eventTime()).forEach((what, time) -> say(what, time));
        for (StateOperatorProgress state : progress.stateOperators()) {
            System.out.println("what is remembered: " + state.operatorName());
            say("numRowsTotal", state.numRowsTotal());
            say("numRowsUpdated", state.numRowsUpdated());
            say("numRowsRemoved", state.numRowsRemoved());
            say("numRowsDroppedByWatermark", state.numRowsDroppedByWatermark());
            say("state stores", state.numStateStoreInstances());
        }
        for (SourceProgress source : progress.sources()) {
            System.out.println("where from: " + source.description());
            say("startOffset", source.startOffset());
            say("endOffset", source.endOffset());
            say("latestOffset", source.latestOffset());
            new TreeMap<>(source.metrics()).forEach((what, figure) -> say(what, figure));
        }
        System.out.println("where to: " + progress.sink().description().replaceAll("@\\w+|\\$", ""));
        say("numOutputRows", progress.sink().numOutputRows());
        System.out.println("what we asked it to observe");
        new TreeMap<>(progress.observedMetrics()).forEach((name, row) -> say(name, row.json()));
    }

    private static void say(String field, Object value) {
        System.out.printf("    %-25s  %s%n", field, value);
    }

    /** A payment a minute in partition 0, one every four minutes in partition 1; and one far too late, and one that is none. */
    static void produce(LocalKafka kafka) {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int minute = 0; minute < 60; minute++) {
                send(producer, 0, payment(minute));
                if (minute % 4 == 0) {
                    send(producer, 1, payment(minute));
                }
                if (minute == 40) {
                    send(producer, 0, payment(-10));
                    send(producer, 0, "payment? no idea");
                }
            }
        }
    }

    private static void send(Producer<String, String> producer, int partition, String value) {
        producer.send(new ProducerRecord<>("payments", partition, null, value));
    }

    private static String payment(int minute) {
        return new Payment(minute, NINE.plusSeconds(60L * minute), 7, 31, new BigDecimal("10.00")).toJson();
    }
}
