///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Tumbling and sliding windows: the windows of each payment, and the totals of each batch. */
@Command(description = "Windows over event time.")
public class TumblingAndSliding extends SparkProgram {

    @Option(names = "--window", defaultValue = "1 hour", description = "the length of a window (${DEFAULT-VALUE})")
    String length;

    @Option(names = "--slide", defaultValue = "30 minutes", description = "how often one begins (${DEFAULT-VALUE})")
    String slide;

    /** The input, file by file: the time of a payment and its amount. */
    static final List<String> FILES = List.of("09:00 1.00, 09:10 2.00", "09:59 4.00, 10:00 8.00", "09:40 16.00");

    /** The query: totals by window. Tumbling and sliding windows differ only in the window column. */
    public static Dataset<Row> totals(Dataset<Row> payments, Column windows) {
        return payments.groupBy(windows.as("window")).agg(sum("amount").as("total"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver("time amount", file));
        Dataset<Row> stream = inbox.stream(spark, Payment.SCHEMA);
        Column tumbling = window(col("time"), length);
        Column sliding = window(col("time"), length, slide);

        Dataset<Row> table = spark.read().schema(Payment.SCHEMA).json(inbox.path());
        System.out.println("windows of each payment");
        for (Row payment : table.select("time", "amount").sort("time").collectAsList()) {
            Dataset<Row> only = table.where(col("time").equalTo(payment.get(0)));
            System.out.printf(
                    "    %s %5s  tumbling: %s  sliding: %s%n",
                    ClockTime.of(payment.get(0)), payment.get(1), windows(only, tumbling), windows(only, sliding));
        }
        System.out.println("all payments: " + sumOf(table, "amount"));
        print("tumbling", totals(stream, tumbling), totals(table, tumbling));
        print("sliding", totals(stream, sliding), totals(table, sliding));
    }

    /** Returns the windows of a payment. Spark copies the row into each of them. */
    public static String windows(Dataset<Row> payment, Column windows) {
        return payment.select(windows.as("window")).sort("window").collectAsList().stream()
                .map(row -> CollectedBatch.text(row.get(0)))
                .collect(Collectors.joining(" "));
    }

    /** Prints the totals that each batch of the stream changed, and the sum of all final totals. */
    static void print(String title, Dataset<Row> stream, Dataset<Row> table) throws Exception {
        System.out.println(title);
        for (CollectedBatch<Row> batch : CollectedQuery.run(stream, "update")) {
            System.out.println("    batch " + batch.id() + "  " + batch.output());
        }
        System.out.println("    sum of all windows: " + sumOf(table, "total"));
    }

    private static Object sumOf(Dataset<Row> rows, String column) {
        return rows.agg(sum(column)).first().get(0);
    }

    public static void main(String[] args) {
        Program.run(new TumblingAndSliding(), args);
    }
}
