package workbook.kit.spark;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** A program with a Spark session of its own, which stops when the program ends. */
@Command(mixinStandardHelpOptions = true)
public abstract class SparkProgram implements Callable<Integer> {

    /** What the program does. An exception ends it with a sentence and exit code 1. */
    protected abstract void run(SparkSession spark) throws Exception;

    /** The settings of the session; a program may add its own. */
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
