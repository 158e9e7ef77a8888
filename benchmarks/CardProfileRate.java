///usr/bin/env jbang "$0" "$@" ; exit $?
// The cost of the capstone's most important brick: payments per second on one core, and bytes of state per card.
//JAVA 17+
//SOURCES ../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../solutions/lesson04/src/main/java/lesson04/CardProfile.java
package benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import lesson04.CardProfile;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/**
 * Streams the simulator's payments through {@link CardProfile}, one day at a time, on one core. The state has its full
 * size after 32 days: 30 that count, one day of allowed lateness, and the current one. Only later days are measured.
 */
@Command(
        name = "CardProfileRate",
        mixinStandardHelpOptions = true,
        description = "Measures the rate per core and the state per card.")
public class CardProfileRate implements Callable<Integer> {

    private static final int DAYS_TO_FILL = 32;

    @Option(names = "--cards", defaultValue = "5000", description = "number of cards (default: ${DEFAULT-VALUE})")
    int cards;

    @Option(names = "--days", defaultValue = "8", description = "number of measured days (default: ${DEFAULT-VALUE})")
    int days;

    public static void main(String[] args) {
        Program.run(new CardProfileRate(), args);
    }

    @Override
    public Integer call() throws Exception {
        Simulator simulator =
                new Simulator(Simulator.Settings.defaults().withCustomers(cards).withDays(DAYS_TO_FILL + days));
        try (SparkSession spark = LocalSpark.named("CardProfileRate")
                .threads(1)
                .set("spark.sql.shuffle.partitions", "1")
                .set("spark.sql.streaming.stateStore.minDeltasForSnapshot", "1") // so that the files contain all state
                .start()) {
            Inbox inbox = Inbox.create();
            StreamingQuery query = new CardProfile()
                    .profiles(spark.readStream().schema(Payment.SCHEMA).json(inbox.path()))
                    .writeStream()
                    .option("checkpointLocation", Scratch.folder("checkpoint-").toString())
                    .format("noop")
                    .start();
            long firstMeasured = 0;
            for (int day = 0; day < DAYS_TO_FILL + days; day++) {
                inbox.deliver(simulator.day(day).stream()
                        .map(SimulatedPayment::payment)
                        .map(Payment::toJson)
                        .toList());
                query.processAllAvailable();
                if (day == DAYS_TO_FILL - 1) {
                    firstMeasured = query.lastProgress().batchId() + 1;
                }
            }
            print(query, firstMeasured);
            query.stop();
        }
        return 0;
    }

    /** Includes no-data batches, which run the timers. */
    private void print(StreamingQuery query, long firstMeasured) {
        List<StreamingQueryProgress> batches = Arrays.stream(query.recentProgress())
                .filter(batch -> batch.batchId() >= firstMeasured)
                .toList();
        long payments =
                batches.stream().mapToLong(StreamingQueryProgress::numInputRows).sum();
        long millis = batches.stream()
                .mapToLong(batch -> batch.durationMs().get("triggerExecution"))
                .sum();
        StateOperatorProgress state = query.lastProgress().stateOperators()[0];
        long bytes = state.customMetrics().get("rocksdbSstFileSize");
        System.out.printf(
                Locale.ROOT,
                "%,d payments of %,d cards in %,d batches, one core: %,.0f payments/s%n",
                payments,
                cards,
                batches.size(),
                1e3 * payments / millis);
        System.out.printf(
                Locale.ROOT,
                "state: %.0f hours per card, %,d bytes per card including timers, in RocksDB's files%n",
                (double) state.numRowsTotal() / cards,
                bytes / cards);
    }
}
