///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson02;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Copies large payments from one topic to another, and prints where each start of the query begins to read. */
@Command(description = "From one topic to another.")
public class KafkaToKafka extends SparkKafkaProgram {

    @Option(names = "--from", defaultValue = "earliest", description = "the first start: earliest or latest")
    String from;

    /** The query: parses payments, keeps the large ones, and formats {@code key} and {@code value} for a topic. */
    public static Dataset<Row> large(Dataset<Row> records) {
        return records.select(from_json(col("value").cast("string"), PaymentRow.SCHEMA)
                        .as("payment"))
                .select("payment.*")
                .where(col("amount").geq(100))
                .select(
                        col("customer").cast("string").as("key"),
                        to_json(struct(col("id"), col("amount"))).as("value"));
    }

    @Override
    protected void run(SparkSession spark, LocalKafka kafka) throws Exception {
        kafka.createTopic("payments", 1);
        kafka.createTopic("large", 1);
        KafkaText.send(kafka, "payments", JsonLines.of("id customer amount", "1 7 12.50, 2 3 140.00"));

        Dataset<Row> records = KafkaRows.table(spark, kafka, "payments");
        System.out.println("columns  " + String.join(", ", records.columns()));
        byte[] value = records.head().getAs("value");
        System.out.printf("value    binary: %x %x %x …%n", value[0], value[1], value[2]);

        String checkpoint = Scratch.folder("checkpoint-").toString();
        print("started from " + from, copy(spark, kafka, from, checkpoint));
        KafkaText.send(kafka, "payments", JsonLines.of("id customer amount", "3 5 310.20"));
        print("restarted from earliest", copy(spark, kafka, "earliest", checkpoint));
        String another = Scratch.folder("checkpoint-").toString();
        print("started from earliest with a new checkpoint", copy(spark, kafka, "earliest", another));

        System.out.println("the topic large:");
        List<Row> large = KafkaRows.table(spark, kafka, "large")
                .selectExpr("offset", "string(key)", "string(value)")
                .orderBy("offset")
                .collectAsList();
        large.forEach(row -> System.out.printf("    %d: %s → %s%n", row.get(0), row.get(1), row.get(2)));
    }

    /** Reads the records that the topic has now, writes the large payments, and stops. Returns the batches. */
    static StreamingQueryProgress[] copy(SparkSession spark, LocalKafka kafka, String from, String checkpoint)
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

    private static void print(String start, StreamingQueryProgress[] batches) {
        System.out.println(start + ":");
        for (StreamingQueryProgress batch : batches) {
            System.out.printf(
                    "    batch %d read %d, up to %s%n",
                    batch.batchId(), batch.numInputRows(), batch.sources()[0].endOffset());
        }
    }

    public static void main(String[] args) {
        Program.run(new KafkaToKafka(), args);
    }
}
