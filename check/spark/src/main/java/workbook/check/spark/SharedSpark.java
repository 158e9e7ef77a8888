package workbook.check.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import workbook.kit.spark.LocalSpark;

/**
 * The session that all checkpoints of a JVM share, because its start takes longer than most of them. Its settings are for
 * scripts with a few rows; together they more than halve the CPU time of a script with state:
 * <ul>
 * <li>one shuffle partition, so one state store;
 * <li>no code generation: for short stages and expressions, interpretation is faster than compilation;
 * <li>a broadcast block size of 64 KB instead of 4 MB, which Spark allocates for each broadcast;
 * <li>no checksum files, which Spark and Hadoop write for each file of a checkpoint, since it is deleted after the script;
 * <li>a polling delay of 1 ms instead of 10 ms for new rows;
 * <li>a time limit to stop a query, because the answer's code may ignore interrupts;
 * <li>no Hadoop defaults, see {@link #removeDefaults}, and two checks less per closure, see
 *     {@link LightweightSparkContext}.
 * </ul>
 */
public final class SharedSpark {

    private static SparkSession spark;

    private SharedSpark() {}

    /**
     * The running session, or a new one if it was stopped. It becomes the calling thread's active session: a thread
     * inherits that of its parent, which may be stopped, and without one Spark creates encoders with its defaults instead
     * of this session's settings.
     */
    public static synchronized SparkSession session() {
        if (spark == null || spark.sparkContext().isStopped()) {
            spark = LocalSpark.named("checkpoints")
                    .set("spark.sql.shuffle.partitions", "1")
                    .set("spark.sql.codegen.wholeStage", "false")
                    .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                    .set("spark.broadcast.blockSize", "64k")
                    .set("spark.sql.streaming.checkpoint.fileChecksum.enabled", "false")
                    .set("spark.sql.streaming.pollingDelay", "1ms")
                    .set("spark.sql.streaming.stopTimeout", "20s")
                    .start(LightweightSparkContext::start);
            writeNoChecksums();
        }
        removeDefaults(spark.sparkContext().hadoopConfiguration());
        SparkSession.setActiveSession(spark);
        return spark;
    }

    private static void writeNoChecksums() {
        try {
            FileSystem.getLocal(spark.sparkContext().hadoopConfiguration()).setWriteChecksum(false);
        } catch (IOException e) {
            throw new UncheckedIOException("Hadoop's local file system is not available: " + e.getMessage(), e);
        }
    }

    /**
     * Removes the defaults from a configuration. Each stateful operator sends the whole configuration to its tasks in
     * every batch, with the source of each of a thousand defaults. Code that reads a property has its own default. Hadoop
     * reloads the defaults whenever it loads a component that adds some, so they are removed before every script.
     */
    private static void removeDefaults(Configuration hadoop) {
        List<String> defaults = new ArrayList<>();
        hadoop.forEach(property -> {
            if (isDefault(hadoop.getPropertySources(property.getKey()))) {
                defaults.add(property.getKey());
            }
        });
        defaults.forEach(hadoop::unset);
    }

    /** @param sources the sources of a property, of which the last applies; null if unknown */
    private static boolean isDefault(String[] sources) {
        return sources != null && sources[sources.length - 1].endsWith("-default.xml");
    }

    /**
     * Stops the session. The next call of {@link #session} creates a new one, whose tasks use the context class loader of
     * that moment. Spark's list of loaded state stores is static and would keep references to the stopped session.
     */
    static synchronized void stop() {
        if (spark != null) {
            StateStore.stop();
            spark.stop();
            SparkSession.clearActiveSession();
            spark = null;
        }
    }
}
