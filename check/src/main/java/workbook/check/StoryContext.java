package workbook.check;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * Spark's context without what a third of a small batch goes into: before each of some twenty steps of a batch, Spark
 * looks for a {@code return} in the closure it is about to send to its tasks, for which it reads and parses the class
 * file, and tries whether the closure can be sent. Its own closures have been looked at when Spark was tested, and
 * whether they can be sent shows when they are. Those of an answer are looked at as ever.
 */
final class StoryContext extends SparkContext {

    private static final String SPARKS_OWN = "org.apache.spark.";

    StoryContext(SparkConf conf) {
        super(conf);
    }

    @Override
    public <F> F clean(F closure, boolean checkSerializable) {
        return closure.getClass().getName().startsWith(SPARKS_OWN) ? closure : super.clean(closure, checkSerializable);
    }
}
