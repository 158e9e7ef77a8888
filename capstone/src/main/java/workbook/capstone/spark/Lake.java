package workbook.capstone.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_date;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.StreamExecution;
import workbook.capstone.format.ScoredPayment;
import workbook.capstone.streaming.CustomerVersion;

/**
 * A folder of Delta tables:
 * <ul>
 * <li>{@code bronze}: every record of the topic {@code payments} as received, malformed ones included: {@code key}
 *     binary, {@code value} binary, {@code partition} int, {@code offset} bigint, {@code received} timestamp;
 * <li>{@code silver}: every payment with its score, each id once, columns as in {@link ScoredPayment#SCHEMA} and {@code
 *     day} date (UTC), by which the table is partitioned;
 * <li>{@code features}: the features of the customer and of the terminal as of each payment, columns as in {@link
 *     FeaturesJob#SCHEMA};
 * <li>{@code customers}: the newest version of each customer's master data, also of those who have left, columns as in
 *     {@link CustomerVersion#SCHEMA};
 * <li>{@code gold/…}: the tables of the nightly job, see {@link workbook.capstone.batch.GoldTables}.
 * </ul>
 */
public final class Lake {

    /** The table of records as received. */
    public static final String BRONZE = "bronze";

    /** The table of scored payments. */
    public static final String SILVER = "silver";

    /** The table of features. */
    public static final String FEATURES = "features";

    /** The table of customers. */
    public static final String CUSTOMERS = "customers";

    private static final String DAY = "day";

    private final Path folder;

    /** Creates a lake in this folder, which need not exist yet. */
    public Lake(Path folder) {
        this.folder = folder;
    }

    /** Returns the folder of the tables. */
    public Path folder() {
        return folder;
    }

    /** Whether the lake already has scored payments. */
    public boolean exists() {
        return has(SILVER);
    }

    /**
     * Whether this table exists, that is, has a commit: a write interrupted before its first commit leaves an empty
     * log.
     */
    public boolean has(String table) {
        try (DirectoryStream<Path> commits = Files.newDirectoryStream(log(table), "[0-9]*")) {
            return commits.iterator().hasNext();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("The log " + log(table) + " could not be listed: " + e.getMessage(), e);
        }
    }

    private Path log(String table) {
        return folder.resolve(table).resolve("_delta_log");
    }

    /** Reads a table, which must {@linkplain #has exist}. */
    public Dataset<Row> read(SparkSession spark, String table) {
        return spark.read().format("delta").load(path(table));
    }

    /** Returns the number of rows of a table; 0 if it does not exist. */
    public long count(SparkSession spark, String table) {
        return has(table) ? read(spark, table).count() : 0;
    }

    /**
     * Appends the rows of a query's batch to a table. A batch that is written again after a failure has the same
     * transaction version, so Delta skips it. New columns are added to the table; they are null in older rows.
     */
    void append(Dataset<Row> rows, String table, long batch, String... partitions) {
        rows.coalesce(1)
                .write()
                .format("delta")
                .mode("append")
                .partitionBy(partitions)
                .option("mergeSchema", true)
                .option("txnAppId", query(rows.sparkSession()))
                .option("txnVersion", batch)
                .save(path(table));
    }

    /**
     * Returns the id of the query whose batch is being written. It is stored in the checkpoint, like the numbers of the batches.
     */
    static String query(SparkSession spark) {
        return spark.sparkContext().getLocalProperty(StreamExecution.QUERY_ID_KEY());
    }

    /**
     * Appends scored payments that are not in {@link #SILVER} yet: the topic of scores may contain a payment twice.
     * Only one query writes the table, so nothing is added between check and write.
     */
    void appendNew(Dataset<Row> scored, long batch) {
        Dataset<Row> days = scored.dropDuplicates("id").withColumn(DAY, to_date(col("time")));
        append(has(SILVER) ? missing(days) : days, SILVER, batch, DAY);
    }

    private Dataset<Row> missing(Dataset<Row> scored) {
        // Days as literals: Delta reads the files of these partitions only.
        Object[] days = scored.select(DAY)
                .distinct()
                .as(Encoders.LOCALDATE())
                .collectAsList()
                .toArray();
        Dataset<Row> known =
                read(scored.sparkSession(), SILVER).where(col(DAY).isin(days)).select("id");
        // Materialized first: Delta refuses a write that reads its own table while a compaction rewrites it.
        return scored.join(known, scored.col("id").equalTo(known.col("id")), "left_anti")
                .localCheckpoint();
    }

    /** Rewrites the small files of the batches as fewer large ones. Rows and earlier versions do not change. */
    public void compact(SparkSession spark) {
        for (String table : List.of(BRONZE, SILVER, FEATURES)) {
            if (has(table)) {
                DeltaTable.forPath(spark, path(table)).optimize().executeCompaction();
            }
        }
    }

    private String path(String table) {
        return folder.resolve(table).toString();
    }
}
