///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.*;

import java.time.*;
import java.util.*;
import java.util.stream.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Sums of the same payments by event time and by processing time, with three batch sizes. */
@Command(description = "Event time and processing time.")
public class TwoClocks extends SparkProgram {

    @Option(names = "--replay", defaultValue = "2", description = "files per batch of a replay (${DEFAULT-VALUE})")
    int replay;

    /** The input, file by file: the time of a payment and its amount. */
    static final List<String> FILES =
            List.of("09:10 5.00, 09:50 2.00", "10:05 1.00", "09:40 4.00, 10:20 8.00", "09:55 3.00");

    /** Runs a query that sums by a clock. In complete mode the last batch has all sums. */
    static CollectedBatch<Row> totals(Dataset<Row> payments, Column clock) throws Exception {
        var totals = payments.groupBy(clock.as("at")).agg(sum("amount").as("total"));
        return CollectedBatches.of(CollectedQuery.run(totals.orderBy("at"), "complete"))
                .last();
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        System.out.println("in order of arrival");
        printArrivals();
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver("time amount", file));
        Set<String> byEventTime = new HashSet<>();
        Set<String> byProcessingTime = new HashSet<>();
        for (int files : List.of(1, replay, FILES.size())) {
            Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA, files);
            Column hour = window(col("time"), "1 hour").getField("start");
            String hours = totals(payments, hour).output();
            String moments = numbered(totals(payments, current_timestamp()));
            System.out.println("files per batch: " + files);
            System.out.printf("    by event time       %s%n    by processing time  %s%n", hours, moments);
            byEventTime.add(hours);
            byProcessingTime.add(moments);
        }
        System.out.print("always the same by event time: " + (byEventTime.size() == 1));
        System.out.println(", by processing time: " + (byProcessingTime.size() == 1));
    }

    /** The sums in the order of their times. Processing times differ from run to run, so they are numbered. */
    private static String numbered(CollectedBatch<Row> batch) {
        return IntStream.range(0, batch.rows().size())
                .mapToObj(i -> "moment " + (i + 1) + " " + batch.rows().get(i).get(1))
                .collect(Collectors.joining(", "));
    }

    /** Prints each payment, and how far it is behind the newest one before it. */
    private static void printArrivals() {
        TextTable table = new TextTable("    file %d  %s  %s");
        LocalTime newest = LocalTime.MIN;
        for (int file = 0; file < FILES.size(); file++) {
            for (String payment : FILES.get(file).split(", ")) {
                LocalTime time = LocalTime.parse(payment.split(" ")[0]);
                long behind = Duration.between(time, newest).toMinutes();
                table.row(file, payment, behind > 0 ? behind + " minutes behind" : "");
                newest = time.isAfter(newest) ? time : newest;
            }
        }
    }

    public static void main(String[] args) {
        Program.run(new TwoClocks(), args);
    }
}
