package workbook.kit.spark;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** A program that starts a Spark session and stops it when {@link #run} returns. */
@Command(mixinStandardHelpOptions = true)
public abstract class SparkProgram implements Callable<Integer> {

    /** Runs the program. An exception ends it with a message and exit code 1. */
    protected abstract void run(SparkSession spark) throws Exception;

    /** The settings of the session. Override to add your own. */
    protected LocalSpark settings() {
        return LocalSpark.named(getClass().getSimpleName());
    }

    @Override
    public final Integer call() throws Exception {
        try (SparkSession spark = settings().start()) {
            run(spark);
            return 0;
        }
    }
}
