///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.LocalKafka;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.LocalSpark;
import workbook.kit.spark.PaymentRow;

/** Payments in, large ones out, from one topic to another; and where the query begins when it is started again. */
@Command(name = "KafkaToKafka", mixinStandardHelpOptions = true, description = "From one topic to another.")
public class KafkaToKafka implements Callable<Integer> {

    @Option(
            names = "--from",
            defaultValue = "earliest",
            description = "where the first start begins, earliest or latest (default: ${DEFAULT-VALUE})")
    String from;

    public static void main(String[] args) {
        Program.run(new KafkaToKafka(), args);
    }

    @Override
    public Integer call() throws Exception {
        // Neither needs the other to start.
        CompletableFuture<LocalKafka> starting = LocalKafka.startInBackground();
        try (SparkSession spark = LocalSpark.start("KafkaToKafka");
                LocalKafka kafka = starting.join()) {
            kafka.createTopic("payments", 1);
            kafka.createTopic("large", 1);
            produce(kafka, payment(1, 7, "12.50"), payment(2, 3, "140.00"));

            Dataset<Row> records = table(spark, kafka, "payments");
            System.out.println("a record has    " + String.join(", ", records.columns()));
            String type = records.schema().apply("value").dataType().simpleString();
            byte[] value = records.orderBy("offset").first().getAs("value");
            System.out.printf("its value is    %s: %02x %02x %02x …%n", type, value[0], value[1], value[2]);

            String checkpoint = Scratch.folder("checkpoint-").toString();
            tell("started from " + from, run(spark, kafka, from, checkpoint));
            produce(kafka, payment(3, 5, "310.20"));
            tell("restarted from earliest", run(spark, kafka, "earliest", checkpoint));
            String another = Scratch.folder("checkpoint-").toString();
            tell("started with another checkpoint from earliest", run(spark, kafka, "earliest", another));

            System.out.println("the topic of large payments:");
            table(spark, kafka, "large")
                    .orderBy("offset")
                    .selectExpr("offset", "string(key)", "string(value)")
                    .collectAsList()
                    .forEach(row -> System.out.printf("    %d: %s → %s%n", row.get(0), row.get(1), row.get(2)));
            return 0;
        }
    }

    /** The query: bytes to payments, the large ones, and back to what a topic takes: {@code key} and {@code value}. */
    public static Dataset<Row> large(Dataset<Row> records) {
        return records.select(from_json(col("value").cast("string"), PaymentRow.SCHEMA, Map.of())
                        .as("payment"))
                .select("payment.*")
                .where(col("amount").geq(100))
                .select(
                        col("customer").cast("string").as("key"),
                        to_json(struct(col("id"), col("amount"))).as("value"));
    }

    /** Works off what is there, and stops. Returns what it read. */
    static StreamingQueryProgress[] run(SparkSession spark, LocalKafka kafka, String from, String checkpoint)
            throws Exception {
        Dataset<Row> records = spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", "payments")
                .option("startingOffsets", from)
                .load();
        StreamingQuery query = large(records)
                .writeStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("topic", "large")
                .option("checkpointLocation", checkpoint)
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        return query.recentProgress();
    }

    private static void tell(String start, StreamingQueryProgress[] batches) {
        System.out.println(start + ":");
        for (StreamingQueryProgress batch : batches) {
            System.out.printf(
                    "    batch %d read %d, up to %s%n",
                    batch.batchId(), batch.numInputRows(), batch.sources()[0].endOffset());
        }
    }

    /** A topic as a table, from its beginning to its present end. */
    static Dataset<Row> table(SparkSession spark, LocalKafka kafka, String topic) {
        return spark.read()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", topic)
                .load();
    }

    static Payment payment(long id, int customer, String amount) {
        Instant time = Instant.parse("2018-04-01T08:00:00Z").plusSeconds(id);
        return new Payment(id, time, customer, 31, new BigDecimal(amount));
    }

    static void produce(LocalKafka kafka, Payment... payments) {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (Payment payment : payments) {
                producer.send(new ProducerRecord<>("payments", Integer.toString(payment.customer()), payment.toJson()));
            }
        }
    }
}
