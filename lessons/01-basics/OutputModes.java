///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** One query in the three output modes, with the same input: what each of them emits. */
@Command(description = "Append, update, complete: side by side.")
public class OutputModes extends SparkProgram {

    @Option(names = "--wait", defaultValue = "30 minutes", description = "the watermark's delay (${DEFAULT-VALUE})")
    String wait;

    /** The input, file by file: the time of a payment and its amount. */
    static final List<String> FILES =
            List.of("08:10 5.00, 08:40 2.00", "09:05 1.00", "08:55 4.00", "09:45 3.00", "08:59 6.00, 09:50 7.00");

    /** The query: sums by hour. It is the same in each mode; append needs the watermark to know when an hour is final. */
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
        TextTable table = new TextTable("%-24s  %-12s  %-12s  %s");
        table.row("input", "append", "update", "complete");
        try (var append = CollectedQuery.start(hourly, "append");
                var update = CollectedQuery.start(hourly, "update");
                var complete = CollectedQuery.start(hourly, "complete")) {
            for (String file : FILES) {
                inbox.deliver("time amount", file);
                table.lines(file, output(append), output(update), output(complete));
            }
        }
    }

    /** What the query has emitted since the last file, a line for each row. */
    static String output(CollectedQuery<Row> query) {
        return String.join(
                "\n", CollectedBatches.of(query.processAllAvailable()).lines());
    }

    public static void main(String[] args) {
        Program.run(new OutputModes(), args);
    }
}
