package workbook.kit.spark;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import workbook.kit.LocalKafka;

/** A program with a Spark session and a Kafka broker of its own. Both stop when the program ends. */
@Command(mixinStandardHelpOptions = true)
public abstract class SparkKafkaProgram implements Callable<Integer> {

    /** What the program does. An exception ends it with a sentence and exit code 1. */
    protected abstract void run(SparkSession spark, LocalKafka kafka) throws Exception;

    /** The settings of the session; a program may add its own. */
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
