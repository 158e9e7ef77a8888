///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Three joins of a stream of orders with a stream of payments: the rows each keeps and the rows it emits. */
@Command(description = "Joins of two streams.")
public class TwoStreams extends SparkProgram {

    @Option(names = "--within", defaultValue = "1 hour", description = "how long a payment may take (${DEFAULT-VALUE})")
    String within;

    /** The input, file by file: orders or payments, each with the order's number and a time. */
    static final List<String> FILES = List.of(
            "orders 1 09:00, 2 09:10",
            "paid 1 09:30",
            "orders 3 11:00",
            "paid 3 11:05",
            "orders 4 12:10",
            "paid 2 12:15, 4 12:20",
            "orders 5 14:00",
            "paid 9 14:00");

    /** Joins orders with payments of any time. */
    public static Dataset<Row> unbounded(Dataset<Row> orders, Dataset<Row> payments) {
        return orders.join(payments, expr("p = o"));
    }

    /** Joins orders with payments within a time after the order. */
    public static Dataset<Row> bounded(Dataset<Row> orders, Dataset<Row> payments, String within, String type) {
        return orders.join(
                payments, expr("p = o AND p_time >= o_time AND p_time <= o_time + INTERVAL " + within), type);
    }

    /** The orders (joinSide left) or the payments (right) in a join's state. */
    public static List<Integer> kept(SparkSession spark, String checkpoint, String side) {
        Dataset<Row> state =
                spark.read().format("statestore").option("joinSide", side).load(checkpoint);
        return state.select("key.*").sort("field0").as(Encoders.INT()).collectAsList();
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox orderFiles = Inbox.create();
        Inbox paymentFiles = Inbox.create();
        var orders = orderFiles.stream(spark, "o INT, o_time TIMESTAMP").withWatermark("o_time", "10 minutes");
        var payments = paymentFiles.stream(spark, "p INT, p_time TIMESTAMP").withWatermark("p_time", "10 minutes");
        List<Join> joins = List.of(
                Join.start("no time bound", unbounded(orders, payments)),
                Join.start("time bound", bounded(orders, payments, within, "inner")),
                Join.start("time bound, outer", bounded(orders, payments, within, "left_outer")));

        TextTable table = new TextTable("%-23s  %-9s  %-20s  %-20s  %s");
        table.row("", "", joins.get(0).name, joins.get(1).name, joins.get(2).name);
        table.row("input", "watermark", "kept  output", "kept  output", "kept  output");
        for (String file : FILES) {
            String rows = file.substring(file.indexOf(' ') + 1);
            if (file.startsWith("orders")) {
                orderFiles.deliver("o o_time", rows);
            } else {
                paymentFiles.deliver("p p_time", rows);
            }
            List<String> cells = new ArrayList<>();
            String watermark = "";
            for (Join join : joins) {
                var batches = CollectedBatches.of(join.query.processAllAvailable());
                watermark = batches.watermark();
                cells.add(String.format("%-4d  %s", batches.stateRows(), batches.output()));
            }
            table.row(file, watermark, cells.get(0), cells.get(1), cells.get(2));
        }
        for (Join join : joins) {
            join.query.close();
            System.out.printf(
                    "kept, %-18s orders %s, payments %s%n",
                    join.name + ":", kept(spark, join.checkpoint, "left"), kept(spark, join.checkpoint, "right"));
        }
    }

    record Join(String name, String checkpoint, CollectedQuery<Row> query) {

        static Join start(String name, Dataset<Row> join) throws Exception {
            String checkpoint = Scratch.folder("checkpoint-").toString();
            Dataset<Row> pairs = join.selectExpr("o", "if(p IS NULL, 'unpaid', 'paid')");
            return new Join(name, checkpoint, CollectedQuery.start(pairs, "append", checkpoint));
        }
    }

    public static void main(String[] args) {
        Program.run(new TwoStreams(), args);
    }
}
