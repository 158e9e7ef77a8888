///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.window;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Two queries with one answer, side by side: the state of one has an end, that of the other has none. */
@Command(name = "StateThatGrows", mixinStandardHelpOptions = true, description = "A leak, and how it looks.")
public class StateThatGrows implements Callable<Integer> {

    @Option(names = "--hours", defaultValue = "8", description = "how long to watch (default: ${DEFAULT-VALUE})")
    int hours;

    @Option(
            names = "--cards",
            defaultValue = "20",
            description = "cards that pay in an hour (default: ${DEFAULT-VALUE})")
    int cards;

    @Option(
            names = "--late",
            defaultValue = "30 minutes",
            description = "how far payments may lag (default: ${DEFAULT-VALUE})")
    String late;

    public static void main(String[] args) {
        Program.run(new StateThatGrows(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("StateThatGrows")) {
            Inbox inbox = Inbox.create();
            Dataset<Row> payments =
                    spark.readStream().schema(Payment.SCHEMA).json(inbox.path()).withWatermark("time", late);
            Watched truncated = Watched.start("date_trunc", perHourTruncated(payments));
            Watched windowed = Watched.start("window", perHourWindowed(payments));

            System.out.printf("              %-31s   %s%n", "by date_trunc('hour', time)", "by window(time, '1 hour')");
            System.out.printf("%-12s  %s   %s%n", "came in", Watched.HEAD, Watched.HEAD);
            for (int hour = 0; hour < hours; hour++) {
                inbox.deliver(hour(hour, cards));
                System.out.printf("%s %4d  %s   %s%n", time(hour), cards, truncated.next(), windowed.next());
            }
            // What a watcher wants to know is not how much there is, but how much more there is each hour.
            System.out.printf(
                    Locale.ROOT,
                    "a year of this: %,d rows of state, and %,d%n",
                    truncated.inAYear(hours),
                    windowed.inAYear(hours));
            truncated.query.stop();
            windowed.query.stop();
            return 0;
        }
    }

    /** Payments by card and hour. The hour is a new column: the watermark is on {@code time}, and not on this. */
    public static Dataset<Row> perHourTruncated(Dataset<Row> payments) {
        return payments.groupBy(date_trunc("hour", col("time")).as("hour"), col("customer"))
                .agg(count("*").as("payments"));
    }

    /** The same. A window takes the watermark with it, and so it is known when an hour is over. */
    public static Dataset<Row> perHourWindowed(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour"), col("customer"))
                .agg(count("*").as("payments"));
    }

    /** A query, and how many of its documents have been read. */
    static final class Watched {
        static final String HEAD = "put out  in state  more  removed";

        final StreamingQuery query;
        private int read;
        private long rows;
        private long more;

        private Watched(StreamingQuery query) {
            this.query = query;
        }

        static Watched start(String name, Dataset<Row> rows) throws Exception {
            return new Watched(rows.writeStream()
                    .queryName(name)
                    .outputMode("update")
                    .format("noop")
                    .start());
        }

        /** What the batches since the last look say, in one line. */
        String next() {
            query.processAllAvailable();
            List<StreamingQueryProgress> all = Arrays.stream(query.recentProgress())
                    .filter(progress -> progress.durationMs().containsKey("addBatch")) // the others tell of idleness
                    .toList();
            List<StreamingQueryProgress> batches = all.subList(read, all.size());
            read = all.size();
            long before = rows;
            rows = state(batches.get(batches.size() - 1)).numRowsTotal();
            more = rows - before;
            return String.format(
                    "%7d  %8d  %+4d  %7d",
                    batches.stream()
                            .mapToLong(batch -> batch.sink().numOutputRows())
                            .sum(),
                    rows,
                    more,
                    batches.stream()
                            .mapToLong(batch -> state(batch).numRowsRemoved())
                            .sum());
        }

        long inAYear(int hours) {
            return rows + more * (365 * 24 - hours);
        }

        private static StateOperatorProgress state(StreamingQueryProgress batch) {
            return batch.stateOperators()[0];
        }
    }

    /** One payment of each card, spread over an hour. */
    static List<String> hour(int hour, int cards) {
        return IntStream.range(0, cards)
                .mapToObj(card -> String.format(
                        "{\"time\":\"%s:%02d:00Z\",\"customer\":%d}",
                        "2018-04-" + String.format("%02dT%02d", 1 + hour / 24, hour % 24), card * 60 / cards, card))
                .toList();
    }

    private static String time(int hour) {
        return String.format("%02d:00", hour % 24);
    }
}
