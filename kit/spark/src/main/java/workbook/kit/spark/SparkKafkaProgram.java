package workbook.kit.spark;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import workbook.kit.LocalKafka;

/** A program that starts a Spark session and a Kafka broker, and stops both when {@link #run} returns. */
@Command(mixinStandardHelpOptions = true)
public abstract class SparkKafkaProgram implements Callable<Integer> {

    /** Runs the program. An exception ends it with a message and exit code 1. */
    protected abstract void run(SparkSession spark, LocalKafka kafka) throws Exception;

    /** The settings of the session. Override to add your own. */
    protected LocalSpark settings() {
        return LocalSpark.named(getClass().getSimpleName());
    }

    @Override
    public final Integer call() throws Exception {
        CompletableFuture<LocalKafka> broker = LocalKafka.startInBackground(); // while Spark starts
        try (SparkSession spark = settings().start();
                LocalKafka kafka = broker.join()) {
            run(spark, kafka);
            return 0;
        }
    }
}
