///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.*;

import java.util.*;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Two queries with the same output: the state of one grows forever, the state of the other does not. */
@Command(description = "State that grows forever, and state that does not.")
public class StateThatGrows extends SparkProgram {

    @Option(names = "--hours", defaultValue = "8", description = "hours of payments (${DEFAULT-VALUE})")
    int hours;

    @Option(names = "--cards", defaultValue = "20", description = "cards that pay in an hour (${DEFAULT-VALUE})")
    int cards;

    @Option(names = "--late", defaultValue = "30 minutes", description = "the watermark's delay (${DEFAULT-VALUE})")
    String late;

    /** Payments by card and hour. The hour is a new column, and the watermark is on {@code time}. */
    public static Dataset<Row> perHourTruncated(Dataset<Row> payments) {
        return payments.groupBy(date_trunc("hour", col("time")).as("hour"), col("customer"))
                .agg(count("*").as("payments"));
    }

    /** The same. A window keeps the watermark of its column, so Spark can tell when an hour is over. */
    public static Dataset<Row> perHourWindowed(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour"), col("customer"))
                .agg(count("*").as("payments"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA).withWatermark("time", late);
        try (Watched truncated = new Watched(perHourTruncated(payments));
                Watched windowed = new Watched(perHourWindowed(payments))) {
            System.out.printf("              %-32s   %s%n", "by date_trunc('hour', time)", "by window(time, '1 hour')");
            System.out.printf("input         %s   %s%n", Watched.HEAD, Watched.HEAD);
            for (int hour = 0; hour < hours; hour++) {
                inbox.deliver("time customer", payments(hour));
                System.out.printf("%02d:00 %4d    %s   %s%n", hour % 24, cards, truncated.next(), windowed.next());
            }
            System.out.printf(
                    Locale.ROOT,
                    "after a year: %,d rows of state, and %,d%n",
                    truncated.afterAYear(hours),
                    windowed.afterAYear(hours));
        }
    }

    /** A running query and the size of its state. */
    static final class Watched implements AutoCloseable {
        static final String HEAD = "output  state rows  more  removed";

        private final CollectedQuery<Row> query;
        private long stateRows;
        private long more;

        Watched(Dataset<Row> rows) throws TimeoutException {
            query = CollectedQuery.start(rows, "update");
        }

        /** Figures of the batches since the last call. */
        String next() {
            List<CollectedBatch<Row>> batches = query.processAllAvailable();
            long before = stateRows;
            stateRows = CollectedBatches.of(batches).stateRows();
            more = stateRows - before;
            return String.format(
                    "%6d  %10d  %+4d  %7d",
                    batches.stream().mapToInt(batch -> batch.rows().size()).sum(),
                    stateRows,
                    more,
                    batches.stream().mapToLong(CollectedBatch::removedRows).sum());
        }

        long afterAYear(int hours) {
            return stateRows + more * (365 * 24 - hours);
        }

        @Override
        public void close() throws TimeoutException {
            query.close();
        }
    }

    /** One payment of each card, spread over an hour. */
    private String payments(int hour) {
        return IntStream.range(0, cards)
                .mapToObj(card ->
                        String.format("2018-04-%02dT%02d:%02d %d", 1 + hour / 24, hour % 24, card * 60 / cards, card))
                .collect(joining(", "));
    }

    public static void main(String[] args) {
        Program.run(new StateThatGrows(), args);
    }
}
