package workbook.kit.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.kit.LocalKafka;
import workbook.kit.Payment;

/** The records of a topic, with the columns of Spark's Kafka source: {@code key}, {@code value} and so on. */
public final class KafkaRows {

    private KafkaRows() {}

    /**
     * The topic as a stream, from its first record.
     *
     * @param options further options of the source, such as {@code maxOffsetsPerTrigger}
     */
    public static Dataset<Row> stream(SparkSession spark, LocalKafka kafka, String topic, Map<String, String> options) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .options(options)
                .load();
    }

    /** The topic as a table, from its first record to its end. */
    public static Dataset<Row> table(SparkSession spark, LocalKafka kafka, String topic) {
        return spark.read()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", topic)
                .load();
    }

    /**
     * The payments of a topic of JSON values as a stream, with the columns of {@link Payment#SCHEMA}. A value that is no
     * payment becomes a row of nulls.
     */
    public static Dataset<Row> payments(SparkSession spark, LocalKafka kafka, String topic, int maxOffsetsPerTrigger) {
        return stream(spark, kafka, topic, Map.of("maxOffsetsPerTrigger", String.valueOf(maxOffsetsPerTrigger)))
                .select(from_json(col("value").cast("string"), PaymentRow.SCHEMA)
                        .as("payment"))
                .select("payment.*");
    }
}
