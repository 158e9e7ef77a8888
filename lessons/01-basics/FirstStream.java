///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson01;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Payments arrive in files, one after the other; a streaming query selects the large ones. */
@Command(mixinStandardHelpOptions = true, description = "A first stream, in three batches.")
public class FirstStream implements Callable<Integer> {

    @Option(names = "--above", defaultValue = "100", description = "the smallest large payment (${DEFAULT-VALUE})")
    double above;

    /** The input: each text is one file, each line one payment. */
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

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("FirstStream")) {
            // This reads nothing yet: it only describes the query.
            Dataset<Row> large = largePayments(payments(spark, arrive()), above);
            StreamingQuery query = large.writeStream()
                    .trigger(Trigger.AvailableNow()) // process what is there, batch by batch, then stop
                    .foreachBatch(FirstStream::print)
                    .start();
            query.awaitTermination();
            return 0;
        }
    }

    /** A stream of the payments in a folder: each new file is read once, and one file is one batch. */
    public static Dataset<Row> payments(SparkSession spark, String folder) {
        return spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", 1)
                .json(folder);
    }

    /** The query. It is the same for a stream and for a table. */
    public static Dataset<Row> largePayments(Dataset<Row> payments, double above) {
        return payments.where(col("amount").geq(above)).select("time", "customer", "amount");
    }

    /** Delivers the files to a folder, and returns it. */
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

    public static void main(String[] args) {
        Program.run(new FirstStream(), args);
    }
}
