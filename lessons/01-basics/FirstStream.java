///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import static org.apache.spark.sql.functions.col;

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
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Payments arrive in files, one after the other; a streaming query picks out the large ones. */
@Command(name = "FirstStream", mixinStandardHelpOptions = true, description = "A first stream, in three batches.")
public class FirstStream implements Callable<Integer> {

    @Option(
            names = "--above",
            defaultValue = "100",
            description = "which payments are large (default: ${DEFAULT-VALUE})")
    double above;

    /** What arrives: each text is one file, each line one payment. */
    static final List<String> FILES = List.of("""
            {"id":1,"time":"2018-04-01T08:00:12Z","customer":7,"terminal":31,"amount":12.50}
            {"id":2,"time":"2018-04-01T08:01:40Z","customer":3,"terminal":12,"amount":140.00}
            """, """
            {"id":3,"time":"2018-04-01T08:02:05Z","customer":7,"terminal":31,"amount":99.99}
            {"id":4,"time":"2018-04-01T08:02:59Z","customer":5,"terminal":12,"amount":310.20}
            {"id":5,"time":"2018-04-01T08:03:30Z","customer":3,"terminal":40,"amount":100.00}
            """, """
            {"id":6,"time":"2018-04-01T08:04:10Z","customer":5,"terminal":12,"amount":8.75}
            """);

    public static void main(String[] args) {
        Program.run(new FirstStream(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("FirstStream")) {
            Dataset<Row> payments = payments(spark, arrive());
            // Nothing has been read yet: so far this is only a description of what to do with payments.
            Dataset<Row> large = largePayments(payments, above);
            StreamingQuery query = large.writeStream()
                    .trigger(Trigger.AvailableNow()) // process what is there, batch by batch, then stop
                    .foreachBatch(FirstStream::print)
                    .start();
            query.awaitTermination();
            return 0;
        }
    }

    /** A stream of the payments in a folder: each new file is read once. One file a batch, so that we can watch. */
    public static Dataset<Row> payments(SparkSession spark, String folder) {
        return spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", 1)
                .json(folder);
    }

    /** The query. It works on a stream as it works on a table: it does not know which it has. */
    public static Dataset<Row> largePayments(Dataset<Row> payments, double above) {
        return payments.where(col("amount").geq(above)).select("time", "customer", "amount");
    }

    /** The files, in a folder. */
    public static String arrive() {
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver(file.lines().toList()));
        return inbox.path();
    }

    static void print(Dataset<Row> batch, long id) {
        List<Row> rows = batch.collectAsList();
        System.out.printf("batch %d%s%n", id, rows.isEmpty() ? ": nothing" : "");
        rows.forEach(row -> System.out.printf("    %s  customer %d paid %s%n", row.get(0), row.get(1), row.get(2)));
    }
}
