package workbook.kit.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.kit.LocalKafka;
import workbook.kit.Payment;

/** Reads the topics of a {@link LocalKafka} as streams, from the first record. */
public final class TopicReader {

    private TopicReader() {}

    /** The records of a topic, with the columns of Spark's Kafka source. */
    public static Dataset<Row> records(SparkSession spark, LocalKafka kafka, String topic, int maxOffsetsPerTrigger) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", maxOffsetsPerTrigger)
                .load();
    }

    /**
     * The payments of a topic of JSON values, with the columns of {@link Payment#SCHEMA}. A value that is no payment
     * becomes a row of nulls.
     */
    public static Dataset<Row> payments(SparkSession spark, LocalKafka kafka, String topic, int maxOffsetsPerTrigger) {
        return records(spark, kafka, topic, maxOffsetsPerTrigger)
                .select(from_json(col("value").cast("string"), PaymentRow.SCHEMA)
                        .as("payment"))
                .select("payment.*");
    }
}
