package workbook.capstone.spark;

import static org.apache.spark.sql.functions.col;

import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.capstone.format.Format;
import workbook.capstone.streaming.Topics;

/**
 * Writes payments and scores to the {@link Lake}, in micro-batches beside the scoring. Each record of {@link
 * Topics#PAYMENTS} is in {@code bronze} once, each payment of {@link Topics#SCORES} in {@code silver} once.
 *
 * @param bootstrapServers of the broker
 * @param format of scores
 * @param from Spark's {@code startingOffsets}, used if there is no checkpoint yet
 * @param lake the output
 * @param checkpoint the query's checkpoint folder
 * @param trigger when it runs
 */
public record LakeJob(String bootstrapServers, Format format, String from, Lake lake, Path checkpoint, Trigger trigger)
        implements BatchJob {

    /** The maximum number of records per batch, so that a batch fits into memory even after a long pause. */
    private static final int MAX_RECORDS = 200_000;

    @Override
    public LakeJob withTrigger(Trigger trigger) {
        return new LakeJob(bootstrapServers, format, from, lake, checkpoint, trigger);
    }

    @Override
    public String name() {
        return "lake";
    }

    @Override
    public StreamingQuery start(SparkSession spark) throws TimeoutException {
        VoidFunction2<Dataset<Row>, Long> write = this::write;
        return TopicStream.of(spark, bootstrapServers, from, Topics.PAYMENTS, Topics.SCORES)
                .option("maxOffsetsPerTrigger", MAX_RECORDS)
                .load()
                .writeStream()
                .queryName(name())
                .option("checkpointLocation", checkpoint.toString())
                .trigger(trigger)
                .foreachBatch(write)
                .start();
    }

    private void write(Dataset<Row> records, long batch) {
        // Two writes are two jobs: without this each would read Kafka.
        records.persist();
        try {
            lake.append(raw(records), Lake.BRONZE, batch);
            lake.appendNew(scored(records), batch);
        } finally {
            records.unpersist();
        }
    }

    private static Dataset<Row> raw(Dataset<Row> records) {
        return records.where(col("topic").equalTo(Topics.PAYMENTS))
                .select(
                        col("key"),
                        col("value"),
                        col("partition"),
                        col("offset"),
                        col("timestamp").as("received"));
    }

    private Dataset<Row> scored(Dataset<Row> records) {
        return format.scores(records.where(col("topic").equalTo(Topics.SCORES)));
    }
}
