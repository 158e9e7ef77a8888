package workbook.check;

import org.apache.spark.sql.SparkSession;
import workbook.kit.LocalSpark;

/** The one Spark of a JVM's checkpoints: starting it takes longer than most of them. */
final class SharedSpark {

    private static SparkSession spark;

    private SharedSpark() {}

    /** The running session, or a new one where somebody stopped it. */
    static synchronized SparkSession session() {
        if (spark == null || spark.sparkContext().isStopped()) {
            spark = LocalSpark.start("checkpoints");
        }
        return spark;
    }

    /** Stops it; the next to ask gets a new one, whose tasks see the class loader of that moment. */
    static synchronized void stop() {
        if (spark != null) {
            spark.stop();
        }
    }
}
