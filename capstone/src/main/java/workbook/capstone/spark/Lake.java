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

/**
 * A folder of Delta tables:
 * <ul>
 * <li>{@code bronze}: every record of the topic {@code payments} as received, malformed ones included: {@code key}
 *     binary, {@code value} binary, {@code partition} int, {@code offset} bigint, {@code received} timestamp;
 * <li>{@code silver}: every payment with its score, each id once, columns as in {@link ScoredPayment#SCHEMA} and
 *     {@code day} date (UTC), by which the table is partitioned;
 * <li>{@code features}: what the stream knew of the customer and of the terminal of each payment when it had come,
 *     columns as in {@link FeaturesJob#SCHEMA};
 * <li>{@code gold/…}: what the nightly job makes of them, {@link workbook.capstone.batch.GoldTables}.
 * </ul>
 */
public final class Lake {

    /** The table of records as received. */
    public static final String BRONZE = "bronze";

    /** The table of scored payments. */
    public static final String SILVER = "silver";

    /** The table of figures that the stream has made. */
    public static final String FEATURES = "features";

    /** Spark's own name for the id of the running query; it lives in the checkpoint, as the batch numbers do. */
    private static final String QUERY_ID = "sql.streaming.queryId";

    private static final String DAY = "day";

    private final Path folder;

    /** The lake in this folder, which need not exist yet. */
    public Lake(Path folder) {
        this.folder = folder;
    }

    /** Where the tables are. */
    public Path folder() {
        return folder;
    }

    /** Whether payments were scored into it already. */
    public boolean exists() {
        return has(SILVER);
    }

    /** Whether it has this table, that is a first commit: a write cut short before it leaves an empty log behind. */
    public boolean has(String table) {
        try (DirectoryStream<Path> commits = Files.newDirectoryStream(log(table), "[0-9]*")) {
            return commits.iterator().hasNext();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("The table " + log(table) + " cannot be looked into: " + e.getMessage(), e);
        }
    }

    private Path log(String table) {
        return folder.resolve(table).resolve("_delta_log");
    }

    /** A table that it {@link #has}. */
    public Dataset<Row> read(SparkSession spark, String table) {
        return spark.read().format("delta").load(path(table));
    }

    /** How many rows a table has; 0 if there is none. */
    public long count(SparkSession spark, String table) {
        return has(table) ? read(spark, table).count() : 0;
    }

    /**
     * Appends what a query's batch has for a table. A batch that is written again after a failure carries the same
     * transaction number, which Delta knows already: it is in the table once. Columns that the table lacks are added to
     * it, and are null in the rows before.
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

    /** The id of the query whose batch is being written. */
    static String query(SparkSession spark) {
        return spark.sparkContext().getLocalProperty(QUERY_ID);
    }

    /**
     * Appends scored payments to {@link #SILVER}, those that it does not have yet: the topic of scores may hold one
     * twice. Nobody else writes to the table, so what is not there when we look is not there when we write.
     */
    void appendNew(Dataset<Row> scored, long batch) {
        Dataset<Row> days = scored.dropDuplicates("id").withColumn(DAY, to_date(col("time")));
        append(has(SILVER) ? missing(days) : days, SILVER, batch, DAY);
    }

    private Dataset<Row> missing(Dataset<Row> scored) {
        // The days as literals: only their files are read.
        Object[] days = scored.select(DAY)
                .distinct()
                .as(Encoders.LOCALDATE())
                .collectAsList()
                .toArray();
        Dataset<Row> known =
                read(scored.sparkSession(), SILVER).where(col(DAY).isin(days)).select("id");
        // Found first, then written: Delta refuses a write that reads its own table while a compaction rewrites it.
        return scored.join(known, scored.col("id").equalTo(known.col("id")), "left_anti")
                .localCheckpoint();
    }

    /**
     * Rewrites the many small files of the stream's batches as few large ones; rows stay as they are, and so do the
     * versions before.
     */
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
