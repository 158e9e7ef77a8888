///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import java.util.List;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Four ways to drop duplicates: what each emits, what it drops, and the rows it keeps in its state. */
@Command(description = "How long an id is kept.")
public class DuplicatesWithinWatermark extends SparkProgram {

    @Option(names = "--wait", defaultValue = "30 minutes", description = "the watermark's delay (${DEFAULT-VALUE})")
    String wait;

    /** The input, file by file: the id and the time of a payment. */
    static final List<String> FILES = List.of(
            "1 09:00", "1 09:00", "1 09:01", "2 09:50", "1 09:25", "3 10:20", "4 09:45", "5 09:50", "1 09:55",
            "6 11:30");

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA);
        Dataset<Row> watermarked = payments.withWatermark("time", wait);
        TextTable table = new TextTable("%-7s  %-9s  %-16s  %-15s  %-15s  %s");
        table.row("", "", "id, no watermark", "id", "id, time", "id, within watermark");
        table.row("input", "watermark", "state output", "state output", "state output", "state output");
        try (var noWatermark = CollectedQuery.start(payments.dropDuplicates("id"), "append");
                var id = CollectedQuery.start(watermarked.dropDuplicates("id"), "append");
                var idAndTime = CollectedQuery.start(watermarked.dropDuplicates("id", "time"), "append");
                var within = CollectedQuery.start(watermarked.dropDuplicatesWithinWatermark("id"), "append")) {
            for (String file : FILES) {
                inbox.deliver("id time", file);
                var last = CollectedBatches.of(within.processAllAvailable());
                table.row(
                        file,
                        last.watermark(),
                        cell(CollectedBatches.of(noWatermark.processAllAvailable())),
                        cell(CollectedBatches.of(id.processAllAvailable())),
                        cell(CollectedBatches.of(idAndTime.processAllAvailable())),
                        cell(last));
            }
        }
    }

    /** The rows in a query's state after a file, and what became of the file's row. */
    private static String cell(CollectedBatches<Row> batches) {
        boolean emitted = !batches.lines().isEmpty();
        return String.format(
                "%-5s %s", batches.stateRows(), emitted ? "emitted" : batches.lateRows() > 0 ? "late" : "duplicate");
    }

    public static void main(String[] args) {
        Program.run(new DuplicatesWithinWatermark(), args);
    }
}
