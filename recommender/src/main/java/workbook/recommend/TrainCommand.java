package workbook.recommend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.spark.LocalSpark;

/** {@code ./jbang recommend train}: learns from some days of payments, and publishes the model. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Learns from the payments of the last days, and publishes the model as the next version.")
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "28",
            description = "days of payments to learn from (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "the folder of the models (default: .workbook/recommend)")
    private Path models;

    @Override
    public Integer call() throws IOException {
        Nights nights = new Nights(models);
        long began = System.nanoTime();
        System.out.printf("Learning from %d days of payments of %,d customers ...%n", days, Simulation.CUSTOMERS);
        try (SparkSession spark = LocalSpark.start("recommend")) {
            String version = new Night(Simulation.of(days), days).publish(spark, nights);
            System.out.printf(
                    "Published %s in %s after %d s: vectors of %,d customers and %,d terminals.%n",
                    version,
                    nights.path(),
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    nights.customers(version).size(),
                    nights.terminals(version).size());
        }
        return 0;
    }
}
