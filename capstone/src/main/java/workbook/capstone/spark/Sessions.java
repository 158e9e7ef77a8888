package workbook.capstone.spark;

import org.apache.spark.sql.SparkSession;
import workbook.kit.LocalSpark;

/** The Spark session of the pipeline: with Delta Lake, and enough task slots for both queries at once. */
public final class Sessions {

    /**
     * Task slots beside those of the real-time query, which holds one for each partition of its topic as long as it
     * lives (Spark says nothing when there are too few). One is enough for the lake, and more would cost: with four,
     * its batches took both cores of a small machine, and the scoring's 99th percentile was twice as long.
     */
    private static final int SLOTS_FOR_THE_LAKE = 1;

    private Sessions() {}

    /** Starts the session for a {@code payments} topic with this many partitions. */
    public static SparkSession start(int partitions) {
        return LocalSpark.named("fraud")
                .threads(partitions + SLOTS_FOR_THE_LAKE)
                .set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                // A laptop's tables are small: two partitions read a snapshot sooner than fifty.
                .set("spark.databricks.delta.snapshotPartitions", "2")
                .set("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
                .start();
    }
}
