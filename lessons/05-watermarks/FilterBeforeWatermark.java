///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Hourly sums of payments, one of them with a wrong time: which filters keep it from moving the watermark. */
@Command(description = "Filters before and after withWatermark.")
public class FilterBeforeWatermark extends SparkProgram {

    /** The input, file by file: the time of a payment and its customer. The second time is wrong. */
    static final List<String> FILES = List.of("2018-04-01T09:10 7", "2030-01-01T00:00 9");

    /** The queries, by their filter. */
    public static Map<String, Dataset<Row>> filters(Dataset<Row> payments) {
        Map<String, Dataset<Row>> filters = new LinkedHashMap<>();
        filters.put("none", watermarked(payments));
        filters.put("time < 2019, after withWatermark", watermarked(payments).where("time < '2019-01-01'"));
        filters.put("time < 2019, before", watermarked(payments.where("time < '2019-01-01'")));
        filters.put("customer < 9, after", watermarked(payments).where("customer < 9"));
        filters.put("customer < 9, before", watermarked(payments.where("customer < 9")));
        return filters;
    }

    public static Dataset<Row> watermarked(Dataset<Row> payments) {
        return payments.withWatermark("time", "30 minutes");
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver("time customer amount", file + " 1.00"));
        TextTable table = new TextTable("%-32s  %s");
        table.row("filter", "watermark");
        for (var filter : filters(inbox.stream(spark, Payment.SCHEMA)).entrySet()) {
            table.row(filter.getKey(), lastWatermark(filter.getValue()));
        }
    }

    /** The watermark after all files, with its date. */
    private static String lastWatermark(Dataset<Row> payments) throws Exception {
        Dataset<Row> hourly = payments.groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"));
        CollectedBatch<Row> last =
                CollectedBatches.of(CollectedQuery.run(hourly, "append")).last();
        return last.progress().eventTime().get("watermark").substring(0, 16);
    }

    public static void main(String[] args) {
        Program.run(new FilterBeforeWatermark(), args);
    }
}
