package workbook.capstone.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;

/** Configures a stream of the records of Kafka topics. */
final class TopicStream {

    private TopicStream() {}

    /** @param from Spark's {@code startingOffsets}, used if there is no checkpoint yet */
    static DataStreamReader of(SparkSession spark, String bootstrapServers, String from, String... topics) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", bootstrapServers)
                .option("subscribe", String.join(",", topics))
                .option("startingOffsets", from);
    }
}
