package workbook.check;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.state.StateStore;
import workbook.kit.LocalSpark;

/**
 * The one Spark of a JVM's checkpoints: starting it takes longer than most of them. It is set for stories of a few rows:
 * one shuffle partition is one state store, and stages that run for a moment are not worth compiling. Together this takes
 * a quarter off the processor time of a story with state.
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
                    .start();
        }
        SparkSession.setActiveSession(spark);
        return spark;
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
