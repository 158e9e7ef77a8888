package workbook.capstone.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.capstone.streaming.Positions;
import workbook.capstone.streaming.Topics;

/**
 * Writes what came in and what came of it to two Delta tables, in micro-batches beside the scoring:
 * <ul>
 * <li>{@code raw}: every record of {@link Topics#PAYMENTS} as received, malformed ones included: {@code key} binary,
 *     {@code value} binary, {@code partition} int, {@code offset} bigint, {@code received} timestamp;
 * <li>{@code scored}: every record of {@link Topics#SCORES}, columns as in {@link ScoredPayment#SCHEMA}.
 * </ul>
 * Each batch of the query is in each table exactly once: a batch that is written again after a failure carries the
 * same transaction number, which Delta knows already.
 */
public final class LakeJob {

    /** Seldom enough to leave the scoring its cores: a batch every 2 s more than doubled its 99th percentile. */
    public static final Trigger NOW_AND_THEN = Trigger.ProcessingTime("10 seconds");

    /** What there is now, and then no more. */
    public static final Trigger THE_REST = Trigger.AvailableNow();

    /** Spark's own name for the id of the running query; it lives in the checkpoint, as the batch numbers do. */
    private static final String QUERY_ID = "sql.streaming.queryId";

    /** The table of scored payments. */
    public static final String SCORED = "scored";

    private final Path folder;

    /** A lake in this folder. */
    public LakeJob(Path folder) {
        this.folder = folder;
    }

    /** Whether a lake is in this folder already. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(SCORED));
    }

    /** Where the tables are. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts the query.
     *
     * @param from where to begin, if the checkpoint does not know
     * @param checkpoint the query's checkpoint folder
     * @param trigger {@link #NOW_AND_THEN} or {@link #THE_REST}
     */
    public StreamingQuery start(SparkSession spark, String bootstrapServers, Positions from, Path checkpoint,
            Trigger trigger) throws TimeoutException {
        VoidFunction2<Dataset<Row>, Long> write = this::write;
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", bootstrapServers)
                .option("subscribe", Topics.PAYMENTS + "," + Topics.SCORES)
                .option("startingOffsets", from.of(Topics.PAYMENTS, Topics.SCORES).toJson())
                .load()
                .writeStream()
                .queryName("lake")
                .option("checkpointLocation", checkpoint.toString())
                .trigger(trigger)
                .foreachBatch(write)
                .start();
    }

    private void write(Dataset<Row> records, long batch) {
        // Two tables, two jobs: without this each would read Kafka.
        records.persist();
        append(raw(records), "raw", batch);
        append(scored(records), SCORED, batch);
        records.unpersist();
    }

    private static Dataset<Row> raw(Dataset<Row> records) {
        return records.where(col("topic").equalTo(Topics.PAYMENTS))
                .select(col("key"), col("value"), col("partition"), col("offset"), col("timestamp").as("received"));
    }

    private static Dataset<Row> scored(Dataset<Row> records) {
        return records.where(col("topic").equalTo(Topics.SCORES))
                .select(from_json(col("value").cast("string"), ScoredPayment.SCHEMA).as("payment"))
                .select("payment.*");
    }

    private void append(Dataset<Row> rows, String table, long batch) {
        String query = rows.sparkSession().sparkContext().getLocalProperty(QUERY_ID);
        rows.coalesce(1)
                .write()
                .format("delta")
                .mode("append")
                .option("txnAppId", query)
                .option("txnVersion", batch)
                .save(folder.resolve(table).toString());
    }

    /** How many records as received are in the lake. */
    public long rawCount(SparkSession spark) {
        return read(spark, "raw").count();
    }

    /** How many different payments have a score in the lake. */
    public long scoredCount(SparkSession spark) {
        return read(spark, SCORED).select("id").distinct().count();
    }

    private Dataset<Row> read(SparkSession spark, String table) {
        Path path = folder.resolve(table);
        return Files.exists(path)
                ? spark.read().format("delta").load(path.toString())
                : spark.emptyDataFrame().selectExpr("0L AS id");
    }
}
