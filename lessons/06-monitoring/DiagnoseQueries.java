///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.window;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.LocalKafka;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.LocalSpark;
import workbook.kit.spark.PaymentRow;

/** Five queries, one of them in good health: what their progress documents say, batch by batch. */
@Command(name = "DiagnoseQueries", mixinStandardHelpOptions = true, description = "Four illnesses and a healthy query.")
public class DiagnoseQueries implements Callable<Integer> {

    @Option(names = "--only", description = "healthy, behind, skewed, leaking or stuck")
    String only;

    @Option(names = "--limit", defaultValue = "40", description = "records a batch (default: ${DEFAULT-VALUE})")
    int limit;

    @Option(names = "--json", description = "the last document of each, whole: times and rates differ from run to run")
    boolean json;

    private static final int BATCHES = 5;
    private static final Instant NINE = Instant.parse("2018-04-01T09:00:00Z");
    private static final Pattern OFFSET = Pattern.compile("\"\\d+\":(\\d+)");

    /** A query, and how many payments reach each of its two partitions while a batch runs. */
    record Patient(String name, int first, int second, UnaryOperator<Dataset<Row>> query) {}

    public static void main(String[] args) {
        Program.run(new DiagnoseQueries(), args);
    }

    @Override
    public Integer call() throws Exception {
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        try (SparkSession spark = LocalSpark.start("DiagnoseQueries");
                LocalKafka kafka = starting.join();
                Producer<String, String> producer = producer(kafka)) {
            kafka.createTopic("refunds", 1);
            send(producer, "refunds", 0, 0, 1);
            Dataset<Row> refunds = stream(spark, kafka, "refunds");
            for (Patient patient : List.of(
                    new Patient("healthy", 10, 10, DiagnoseQueries::perTerminal),
                    new Patient("behind", 30, 30, DiagnoseQueries::perTerminal),
                    new Patient("skewed", 54, 6, DiagnoseQueries::perTerminal),
                    new Patient("leaking", 10, 10, DiagnoseQueries::perPayment),
                    new Patient(
                            "stuck",
                            10,
                            10,
                            payments -> counted(marked(payments).unionByName(marked(refunds)))))) {
                if (only == null || only.equals(patient.name())) {
                    kafka.createTopic(patient.name(), 2);
                    System.out.printf("%-10s read    behind  newest  watermark  in state  removed%n", patient.name());
                    print(watch(patient, stream(spark, kafka, patient.name()), producer));
                }
            }
            return 0;
        }
    }

    /** A good query: payments by terminal and ten minutes, and an end to waiting. */
    public static Dataset<Row> perTerminal(Dataset<Row> payments) {
        return counted(marked(payments));
    }

    private static Dataset<Row> marked(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes");
    }

    private static Dataset<Row> counted(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "10 minutes"), col("terminal"))
                .agg(count("*").as("payments"));
    }

    /** It was meant to find payments that come twice. Its keys never end, and the watermark has no say in them. */
    public static Dataset<Row> perPayment(Dataset<Row> payments) {
        return marked(payments).groupBy("id").agg(count("*").as("times"));
    }

    /** Runs a query for some batches. While one runs the next payments arrive, ten minutes later by their own time. */
    static List<StreamingQueryProgress> watch(Patient patient, Dataset<Row> payments, Producer<String, String> producer)
            throws Exception {
        arrive(patient, producer, 0);
        StreamingQuery query = patient.query()
                .apply(payments)
                .writeStream()
                .queryName(patient.name())
                .outputMode("update")
                .foreachBatch((batch, id) -> {
                    batch.collectAsList();
                    if (id < BATCHES - 1) {
                        arrive(patient, producer, id + 1);
                    }
                })
                .start();
        while (query.recentProgress().length < BATCHES) {
            query.awaitTermination(10); // which throws, should the query fail
        }
        query.stop();
        return List.of(query.recentProgress()).subList(0, BATCHES);
    }

    private static void arrive(Patient patient, Producer<String, String> producer, long round) {
        send(producer, patient.name(), 0, round, patient.first());
        send(producer, patient.name(), 1, round, patient.second());
    }

    private void print(List<StreamingQueryProgress> batches) {
        if (json) {
            System.out.println(batches.get(batches.size() - 1).prettyJson());
            return;
        }
        for (StreamingQueryProgress batch : batches) {
            SourceProgress source = batch.sources()[0];
            System.out.printf(
                    "    %d      %-6s  %-6s  %-6s  %-9s  %8d  %7d%s%n",
                    batch.batchId(),
                    difference(source.endOffset(), source.startOffset()),
                    difference(source.latestOffset(), source.endOffset()),
                    clock(batch.eventTime().get("max")),
                    clock(batch.eventTime().get("watermark")),
                    batch.stateOperators()[0].numRowsTotal(),
                    batch.stateOperators()[0].numRowsRemoved(),
                    batch.sources().length < 2 ? "" : "   refunds read: " + batch.sources()[1].numInputRows());
        }
    }

    /** What lies between two offsets, partition by partition: {@code {"payments":{"0":40,"1":10}}} less an earlier one. */
    public static String difference(String to, String from) {
        List<Long> end = offsets(to);
        List<Long> start = from == null ? end.stream().map(none -> 0L).toList() : offsets(from);
        return IntStream.range(0, end.size())
                .mapToObj(i -> "" + (end.get(i) - start.get(i)))
                .collect(Collectors.joining("+"));
    }

    private static List<Long> offsets(String json) {
        return OFFSET.matcher(json)
                .results()
                .map((MatchResult match) -> Long.valueOf(match.group(1)))
                .toList();
    }

    private static String clock(String instant) {
        return instant == null || instant.startsWith("1970") ? "none" : instant.substring(11, 16);
    }

    private Dataset<Row> stream(SparkSession spark, LocalKafka kafka, String topic) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", limit)
                .load()
                .select(from_json(col("value").cast("string"), PaymentRow.SCHEMA)
                        .as("payment"))
                .select("payment.*");
    }

    private static void send(Producer<String, String> producer, String topic, int partition, long round, int payments) {
        for (int i = 0; i < payments; i++) {
            long id = 1000 * (2 * round + partition) + i;
            Instant time = NINE.plusSeconds(600 * round + 10L * i);
            String payment = new Payment(id, time, 7, i % 4, new BigDecimal("10.00")).toJson();
            producer.send(new ProducerRecord<>(topic, partition, null, payment));
        }
        producer.flush();
    }

    private static Producer<String, String> producer(LocalKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }
}
