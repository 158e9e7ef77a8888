///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Simulator;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** One query, run over a table and over a stream of the same payments: the answers are the same. */
@Command(name = "BatchIsAStream", mixinStandardHelpOptions = true, description = "The same query twice.")
public class BatchIsAStream implements Callable<Integer> {

    @Option(
            names = "--batches",
            defaultValue = "4",
            description = "micro-batches of the stream (default: ${DEFAULT-VALUE})")
    int batches;

    public static void main(String[] args) {
        Program.run(new BatchIsAStream(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("BatchIsAStream")) {
            Inbox payments = day(batches);

            Dataset<Row> table = spark.read().schema(Payment.SCHEMA).json(payments.path());
            List<Row> fromTable = totals(table).collectAsList();
            System.out.printf("table:  %d payments at once%n", table.count());

            Dataset<Row> stream = spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1)
                    .json(payments.path());
            List<Row> fromStream = run(totals(stream));

            fromStream.forEach(row ->
                    System.out.printf("    from %02d:00  %3d payments  %9s%n", row.get(0), row.get(1), row.get(2)));
            System.out.println("the same answer: " + fromTable.equals(fromStream));
            return fromTable.equals(fromStream) ? 0 : 1;
        }
    }

    /** Payments and their sum, by quarter of the day. Nothing in it says whether the payments end. */
    public static Dataset<Row> totals(Dataset<Row> payments) {
        return payments.groupBy(expr("hour(time) div 6 * 6").as("from"))
                .agg(count("*").as("payments"), sum("amount").as("total"))
                .orderBy("from");
    }

    /** Runs the query batch by batch, and keeps what the last batch said: in complete mode, the whole answer. */
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

    /** A day's payments of a few customers, in so many files; each will be one batch of the stream. */
    static Inbox day(int files) {
        List<String> payments = new Simulator(Simulator.Settings.defaults().withCustomers(200))
                .day(0).stream().map(simulated -> simulated.payment().toJson()).toList();
        Inbox inbox = Inbox.create();
        for (int i = 0; i < files; i++) {
            inbox.deliver(payments.subList(payments.size() * i / files, payments.size() * (i + 1) / files));
        }
        return inbox;
    }
}
