package workbook.capstone.spark;

import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import lesson07.ScorePayments;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.capstone.format.Format;
import workbook.capstone.inference.ServedModels;
import workbook.capstone.streaming.Topics;

/**
 * Scores payments in Spark's real-time mode: Kafka to Kafka, without state or shuffle. {@link ScoringInput} parses a
 * record and looks up its features, the brick {@link ScorePayments} scores it, {@link ScoringOutput} makes records of it.
 * Each record passes all three before the next is read, as real-time mode requires.
 *
 * <p>Input: the topic {@link Topics#PAYMENTS}. Output, by the column {@code topic} of each row (schema: {@link
 * ScoringOutput#SCHEMA}): {@link Topics#SCORES}, {@link Topics#ALERTS}, {@link Topics#DEAD_LETTERS}. Delivery is
 * at-least-once: after a failure, payments since the last checkpoint are scored again.
 *
 * <p>It needs one task slot per partition of {@code payments}.
 *
 * @param bootstrapServers of the broker
 * @param format of payments and scores
 * @param from Spark's {@code startingOffsets}, used if there is no checkpoint yet
 * @param models the folder of the {@link workbook.capstone.inference.ModelRegistry}, on every machine that runs tasks
 * @param store the URL of the online store, see {@link workbook.capstone.features.FeatureStore#at}
 * @param checkpoint the query's checkpoint folder
 */
public record ScoringJob(
        String bootstrapServers, Format format, String from, Path models, String store, Path checkpoint)
        implements Job {

    /**
     * The batch duration of the real-time query. It does not add latency: records are processed while the batch runs.
     * Between two batches there is a gap of about a tenth of a second, in which the checkpoint is written. Once a
     * minute the gap affects less than 1 % of the payments and not the 99th percentile; every 5 s, Spark's minimum, it
     * would. The cost of a long batch: after a crash, up to a minute of payments is scored again.
     */
    private static final Trigger BATCH = Trigger.RealTime("60 seconds");

    @Override
    public String name() {
        return "scoring";
    }

    @Override
    public StreamingQuery start(SparkSession spark) throws TimeoutException {
        return scored(TopicStream.of(spark, bootstrapServers, from, Topics.PAYMENTS)
                        .option("includeHeaders", true)
                        .load())
                .writeStream()
                .queryName(name())
                .format("kafka")
                .option("kafka.bootstrap.servers", bootstrapServers)
                // Kafka 4's default linger is 5 ms, longer than the scoring takes.
                .option("kafka.linger.ms", "0")
                .option("kafka.max.request.size", Integer.toString(Topics.MAX_DEAD_LETTER_BYTES))
                .option("checkpointLocation", checkpoint.toString())
                .outputMode("update")
                .trigger(BATCH)
                .start();
    }

    /** Scores records of {@link Topics#PAYMENTS}; the result has the columns of {@link ScoringOutput#SCHEMA}. */
    Dataset<Row> scored(Dataset<Row> records) {
        ServedModels served = new ServedModels(models.toString());
        Dataset<Row> payments = new ScoringInput(models.toString(), store, format).of(records);
        return ScoringOutput.of(new ScorePayments().scores(payments, served), served, format);
    }
}
