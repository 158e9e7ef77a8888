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

/** Hourly sums in append mode: the input, the watermark and the output of each batch. */
@Command(description = "When append mode emits a window.")
public class WhenAppendEmits extends SparkProgram {

    @Option(names = "--wait", defaultValue = "30 minutes", description = "the watermark's delay (${DEFAULT-VALUE})")
    String wait;

    /** The input, file by file: the time of a payment and its amount. */
    static final List<String> FILES = List.of(
            "09:10 5.00, 09:50 2.00", "10:15 1.00", "09:40 4.00", "10:30 8.00", "09:55 3.00, 10:02 6.00", "11:30 7.00");

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
        TextTable table = new TextTable("%-7s  %-24s  %-9s  %-8s  %s");
        table.row("", "input", "watermark", "late", "output");
        try (var query = CollectedQuery.start(hourly(inbox.stream(spark, Payment.SCHEMA), wait), "append")) {
            for (String file : FILES) {
                inbox.deliver("time amount", file);
                for (CollectedBatch<Row> batch : query.processAllAvailable()) {
                    table.row(
                            "batch " + batch.id(),
                            batch.inputRows() > 0 ? file : "",
                            batch.watermark(),
                            batch.lateRows() > 0 ? batch.lateRows() : "",
                            batch.output());
                }
            }
        }
    }

    public static void main(String[] args) {
        Program.run(new WhenAppendEmits(), args);
    }
}
