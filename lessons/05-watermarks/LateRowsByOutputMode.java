///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Hourly sums in the three output modes: the state, the late rows and the output after each file. */
@Command(description = "Late rows in each output mode.")
public class LateRowsByOutputMode extends SparkProgram {

    @Option(names = "--wait", defaultValue = "30 minutes", description = "the watermark's delay (${DEFAULT-VALUE})")
    String wait;

    /** The input, file by file: the time of a payment and its amount. */
    static final List<String> FILES =
            List.of("09:10 5, 09:50 2", "10:45 1, 09:20 3", "09:55 4, 09:58 6, 10:05 8", "11:40 7");

    /** The query: sums by hour. */
    public static Dataset<Row> hourly(Dataset<Row> payments, String wait) {
        return payments.withWatermark("time", wait)
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"))
                .select(col("window.start").as("hour"), col("total"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        Dataset<Row> hourly = hourly(inbox.stream(spark, Payment.SCHEMA), wait);
        TextTable table = new TextTable("%-25s  %-9s  %-22s  %-22s  %s");
        table.row("", "", "append", "update", "complete");
        String titles = "state late output";
        table.row("input", "watermark", titles, titles, titles);
        try (var append = CollectedQuery.start(hourly, "append");
                var update = CollectedQuery.start(hourly, "update");
                var complete = CollectedQuery.start(hourly, "complete")) {
            for (String file : FILES) {
                inbox.deliver("time amount", file);
                var appended = CollectedBatches.of(append.processAllAvailable());
                var updated = CollectedBatches.of(update.processAllAvailable());
                var completed = CollectedBatches.of(complete.processAllAvailable());
                table.row(file, appended.watermark(), cell(appended, 0), cell(updated, 0), cell(completed, 0));
                for (int line = 1; line < completed.lines().size(); line++) {
                    table.row("", "", cell(appended, line), cell(updated, line), cell(completed, line));
                }
            }
        }
    }

    /** One line of a query's cell: a row of its output, the first one with the state rows and late rows. */
    private static String cell(CollectedBatches<Row> batches, int line) {
        String row = line < batches.lines().size() ? batches.lines().get(line) : "";
        String late = batches.lateRows() > 0 ? "" + batches.lateRows() : "";
        return line == 0 ? String.format("%-5s %-4s %s", batches.stateRows(), late, row) : " ".repeat(11) + row;
    }

    public static void main(String[] args) {
        Program.run(new LateRowsByOutputMode(), args);
    }
}
