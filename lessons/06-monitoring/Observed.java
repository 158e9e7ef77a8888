///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Metrics of your own, computed while the rows pass through the query. */
@Command(description = "observe(): metrics of your own.")
public class Observed extends SparkProgram {

    @Option(
            names = "--alarm",
            defaultValue = "0.3",
            description = "the share of bad rows that alarms (${DEFAULT-VALUE})")
    double alarm;

    /** The input, file by file: amounts. */
    static final List<String> FILES =
            List.of("12.50, 140.00, 99.99, 310.20", "8.75, null, -20.00, 5.25", "null, null", "100.00");

    /** The query keeps the good rows. It observes its input, and again what it has kept. */
    public static Dataset<Row> good(Dataset<Row> payments) {
        return payments.observe(
                        "in",
                        count(lit(1)).as("rows"),
                        count_if(col("amount").isNull()).as("without"),
                        count_if(col("amount").leq(0)).as("negative"))
                .where("amount > 0")
                .observe("good", count(lit(1)).as("rows"), max("amount").as("largest"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver("amount", file));

        System.out.println("a stream");
        Dataset<Row> good = good(inbox.stream(spark, Payment.SCHEMA));
        for (CollectedBatch<Row> batch : CollectedQuery.run(good, "append")) {
            System.out.println(line(batch.progress()));
        }

        System.out.println("a table");
        Observation all = new Observation("all");
        spark.read()
                .schema(Payment.SCHEMA)
                .json(inbox.path())
                .observe(all, count(lit(1)).as("rows"), sum("amount").as("amount"))
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
        Map<String, Object> metrics = all.getAsJava(); // waits for the first action on the observed rows
        System.out.println("    " + metrics.get("rows") + " rows, " + metrics.get("amount"));

        System.out.println("foreachBatch with");
        printRows("two actions", good, (batch, id) -> {
            batch.count();
            batch.collectAsList();
        });
        printRows("no action", good, (batch, id) -> {});
        printRows("two, persisted", good, (batch, id) -> {
            batch.persist();
            batch.count();
            batch.collectAsList();
            batch.unpersist();
        });
    }

    /** The metrics of a batch. Each observation is a row with the columns of the query. */
    private String line(StreamingQueryProgress batch) {
        Row in = batch.observedMetrics().get("in");
        Row good = batch.observedMetrics().get("good");
        long rows = in.getAs("rows");
        long without = in.getAs("without");
        long negative = in.getAs("negative");
        double bad = (double) (without + negative) / rows;
        return String.format(
                "    batch %d  %d in, %s good, the largest %s; %d without amount, %d negative: %.0f %%%s",
                batch.batchId(),
                rows,
                good.getAs("rows"),
                good.getAs("largest"),
                without,
                negative,
                100 * bad,
                bad > alarm ? "  ALARM" : "");
    }

    private static void printRows(String sink, Dataset<Row> rows, VoidFunction2<Dataset<Row>, Long> write)
            throws Exception {
        StreamingQuery query = rows.writeStream()
                .trigger(Trigger.AvailableNow())
                .foreachBatch(write)
                .start();
        query.awaitTermination();
        long read = 0;
        long observed = 0;
        for (StreamingQueryProgress batch : query.recentProgress()) {
            read += batch.numInputRows();
            observed += batch.observedMetrics().get("in").<Long>getAs("rows");
        }
        System.out.printf("    %-16s  numInputRows %2d, observed %2d%n", sink, read, observed);
    }

    public static void main(String[] args) {
        Program.run(new Observed(), args);
    }
}
