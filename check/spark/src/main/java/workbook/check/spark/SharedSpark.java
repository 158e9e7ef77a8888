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
 * The one Spark of a JVM's checkpoints: starting it takes longer than most of them. It is set for stories of a few rows,
 * which together takes more than half off the processor time of a story with state:
 * <ul>
 * <li>one shuffle partition is one state store;
 * <li>neither stages nor expressions are worth compiling that run for a moment: Spark interprets them;
 * <li>what a batch sends to its tasks is a few kilobytes, for which Spark by default sets 4 MB aside, each time;
 * <li>a checkpoint that goes with its story needs no checksums, for which Spark and Hadoop write a file each beside every
 *     file of it;
 * <li>rows that come while a query rests are noticed within a millisecond, not ten;
 * <li>Hadoop's defaults are left out, see {@link #removeDefaults}, and so are two lookups at each closure, see
 *     {@link LightweightSparkContext}.
 * </ul>
 */
public final class SharedSpark {

    private static SparkSession spark;

    private SharedSpark() {}

    /**
     * The running session, or a new one where somebody stopped it. It is the calling thread's active session from now on: a
     * thread inherits that of its parent, which may have been stopped since, and without one Spark makes encoders by its
     * defaults instead of this session's settings.
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
            throw new UncheckedIOException("Hadoop has no file system for this machine's files: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps of a configuration only what was set on purpose. Each operator with state sends all of it to its tasks in every
     * batch, and writes for each of a thousand defaults, zipped one by one, where it came from. Code that asks for a
     * property that is not set has a default of its own. Hadoop reads all of them anew whenever a part of it is loaded that
     * has some too, so they are forgotten before every story.
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

    /** @param sources where a property was set, the last one in force; null if nobody knows */
    private static boolean isDefault(String[] sources) {
        return sources != null && sources[sources.length - 1].endsWith("-default.xml");
    }

    /**
     * Stops it; the next to ask gets a new one, whose tasks see the class loader of that moment. Spark's list of loaded
     * state stores belongs to the JVM, and would keep each of them with the session it was made in.
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
