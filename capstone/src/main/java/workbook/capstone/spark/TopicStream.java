package workbook.capstone.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;

/** The records of topics, as a stream that is yet to be loaded. */
final class TopicStream {

    private TopicStream() {}

    /** @param from where to begin, if the checkpoint does not know: Spark's {@code startingOffsets} */
    static DataStreamReader of(SparkSession spark, String bootstrapServers, String from, String... topics) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", bootstrapServers)
                .option("subscribe", String.join(",", topics))
                .option("startingOffsets", from);
    }
}
