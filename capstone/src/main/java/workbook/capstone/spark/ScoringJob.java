package workbook.capstone.spark;

import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.capstone.streaming.Topics;

/**
 * Scores payments as they come, in Spark's real-time mode: Kafka to Kafka, no state, no shuffle.
 *
 * <p>In: the topic {@link Topics#PAYMENTS}. Out, by the column {@code topic} of each row (schema:
 * {@link ScoringTask#OUTPUT}): {@link Topics#SCORES}, {@link Topics#ALERTS}, {@link Topics#DEAD_LETTERS}. Delivery is
 * at least once: after a failure, what was scored since the last checkpoint is scored again.
 *
 * <p>It needs a task slot for each partition of {@code payments}.
 *
 * @param bootstrapServers of the broker
 * @param from where to begin, if the checkpoint does not know: Spark's {@code startingOffsets}
 * @param models the folder of the {@link workbook.capstone.inference.ModelRegistry}, on every machine that runs tasks
 * @param store the address of the online store, as {@link workbook.capstone.features.FeatureStore#at} takes it
 * @param checkpoint the query's checkpoint folder
 */
public record ScoringJob(String bootstrapServers, String from, Path models, String store, Path checkpoint)
        implements Job {

    /**
     * How long one batch of the real-time query lasts. It is no latency: records flow through while it runs. Between
     * two batches lies a gap of about a tenth of a second in which the checkpoint is written; once a minute it touches
     * less than 1 % of the payments and so stays out of the 99th percentile, every 5 s (the least Spark takes) it would
     * be in it. The price of a long batch: as much is scored twice after a crash.
     */
    private static final Trigger BATCH = Trigger.RealTime("60 seconds");

    @Override
    public String name() {
        return "scoring";
    }

    @Override
    public StreamingQuery start(SparkSession spark) throws TimeoutException {
        String folder = models.toString();
        String url = store;
        Dataset<Row> payments =
                TopicStream.of(spark, bootstrapServers, from, Topics.PAYMENTS).load();
        MapPartitionsFunction<Row, Row> scoring = records -> new ScoringTask(folder, url, records);
        return payments.select("key", "value", "topic", "partition", "offset", "timestamp")
                .mapPartitions(scoring, Encoders.row(ScoringTask.OUTPUT))
                .writeStream()
                .queryName(name())
                .format("kafka")
                .option("kafka.bootstrap.servers", bootstrapServers)
                // Kafka 4's producer would wait 5 ms for company: more than the scoring takes.
                .option("kafka.linger.ms", "0")
                .option("kafka.max.request.size", Integer.toString(Topics.MAX_DEAD_LETTER_BYTES))
                .option("checkpointLocation", checkpoint.toString())
                .outputMode("update")
                .trigger(BATCH)
                .start();
    }
}
