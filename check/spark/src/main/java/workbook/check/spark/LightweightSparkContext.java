package workbook.check.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;

/**
 * A Spark context that skips two checks of Spark's own closures, which take a quarter of a small batch's time: ten times
 * per batch, Spark parses the class file of a closure to find a {@code return} in it, and serializes the closure to test
 * whether it can. Spark's own closures have no {@code return}, and a serialization error would show when they are sent to
 * the tasks. The closures of an answer are checked as usual.
 */
final class LightweightSparkContext extends SparkContext {

    private static final String SPARKS_OWN = "org.apache.spark.";

    private LightweightSparkContext(SparkConf conf) {
        super(conf);
    }

    /** The active context if there is one, such as an answer's, since a JVM has only one; else a new one. */
    static SparkContext start(SparkConf conf) {
        return SparkContext$.MODULE$.getActive().getOrElse(() -> new LightweightSparkContext(conf));
    }

    @Override
    public <F> F clean(F closure, boolean checkSerializable) {
        return closure.getClass().getName().startsWith(SPARKS_OWN) ? closure : super.clean(closure, checkSerializable);
    }
}
