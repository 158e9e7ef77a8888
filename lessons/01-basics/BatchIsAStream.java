///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** One query, run on a table and on a stream of the same payments: the results are equal. */
@Command(description = "The same query twice.")
public class BatchIsAStream extends SparkProgram {

    @Option(names = "--batches", defaultValue = "4", description = "micro-batches of the stream (${DEFAULT-VALUE})")
    int batches;

    /** The query: payments and their sum by quarter of the day. It is the same for bounded and unbounded input. */
    public static Dataset<Row> totals(Dataset<Row> payments) {
        return payments.groupBy(expr("hour(time) div 6 * 6").as("from"))
                .agg(count("*").as("payments"), sum("amount").as("total"))
                .orderBy("from");
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox payments = day(batches);
        Dataset<Row> table = spark.read().schema(Payment.SCHEMA).json(payments.path());
        List<Row> fromTable = totals(table).collectAsList();
        System.out.printf("table:  %d payments at once%n", table.count());

        List<Row> fromStream = run(totals(payments.stream(spark, Payment.SCHEMA)));
        fromStream.forEach(
                row -> System.out.printf("    from %02d:00  %3d payments  %9s%n", row.get(0), row.get(1), row.get(2)));
        System.out.println("the same answer: " + fromTable.equals(fromStream));
    }

    /** Runs the query batch by batch, and returns the output of the last batch: in complete mode, the whole result. */
    static List<Row> run(Dataset<Row> totals) throws Exception {
        StreamingQuery query = totals.writeStream()
                .outputMode("complete")
                .trigger(Trigger.AvailableNow())
                .queryName("totals")
                .format("memory")
                .start();
        query.awaitTermination();
        for (var batch : query.recentProgress()) {
            System.out.printf("stream: %d payments in batch %d%n", batch.numInputRows(), batch.batchId());
        }
        return totals.sparkSession().table("totals").collectAsList();
    }

    /** A day's payments of 200 customers, in as many files as the stream has batches. */
    static Inbox day(int files) {
        List<String> payments = new Simulator(Simulator.Settings.defaults().withCustomers(200))
                .day(0).stream().map(simulated -> simulated.payment().toJson()).toList();
        Inbox inbox = Inbox.create();
        for (int i = 0; i < files; i++) {
            inbox.deliver(payments.subList(payments.size() * i / files, payments.size() * (i + 1) / files));
        }
        return inbox;
    }

    public static void main(String[] args) {
        Program.run(new BatchIsAStream(), args);
    }
}
