package workbook.capstone.spark;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import workbook.capstone.streaming.Topics;
import workbook.kit.spark.LocalSpark;

/**
 * The Spark session of the pipeline: with Delta Lake, by {@link workbook.kit.delta.DeltaSettings}, and with enough task
 * slots for all queries at once.
 */
public final class Sessions {

    /**
     * Task slots in addition to those of the real-time query, which holds one per partition of its topic as long as it
     * runs (Spark reports nothing when there are too few). One is enough for the lake and the features together. With
     * four, the lake's batches used both cores of a small machine and doubled the scoring's 99th percentile.
     */
    private static final int SLOTS_FOR_BATCHES = 1;

    private static final Duration CLUSTER = Duration.ofSeconds(60);

    private Sessions() {}

    /**
     * Starts the session for a {@code payments} topic with this many partitions: in this JVM, or, under
     * {@code spark-submit}, on the cluster that it names.
     */
    public static SparkSession start(int partitions) {
        LocalSpark spark = LocalSpark.named("fraud")
                .threads(partitions + SLOTS_FOR_BATCHES)
                // Delta's own, not that of the kit: other processes commit to the same lake.
                .set("spark.delta.logStore.file.impl", "io.delta.storage.HDFSLogStore");
        // spark-submit passes its settings as system properties.
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("spark."))
                .forEach(name -> spark.set(name, System.getProperty(name)));
        return spark.start();
    }

    /**
     * Requires task slots for the scoring and one more. With too few, Spark's real-time query silently leaves the last
     * partitions unread. The executors of a cluster may take a moment to register.
     *
     * @throws IllegalStateException if there are too few
     */
    public static void requireSlots(SparkSession spark, int partitions) {
        long deadline = System.nanoTime() + (spark.sparkContext().isLocal() ? 0 : CLUSTER.toNanos());
        while (slots(spark) < partitions + SLOTS_FOR_BATCHES) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The topic " + Topics.PAYMENTS + " has " + partitions
                        + " partitions, and Spark has only " + slots(spark) + " task slots; it needs one per partition"
                        + " and one more. Run with --partitions " + partitions
                        + ", or give the cluster more cores.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static int slots(SparkSession spark) {
        return spark.sparkContext().defaultParallelism();
    }
}
