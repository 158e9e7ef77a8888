package workbook.capstone.spark;

import org.apache.spark.sql.SparkSession;
import workbook.kit.LocalSpark;

/** The Spark session of the pipeline: with Delta Lake, and enough task slots for every query at once. */
public final class Sessions {

    /**
     * Task slots. A real-time query holds one for each partition of its topic as long as it lives, and Spark says
     * nothing when there are too few; the rest is for the lake.
     */
    private static final int SLOTS_FOR_THE_LAKE = 4;

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
