///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Stops a query, changes it and restarts it from the same checkpoint. */
@Command(description = "Restarts of a changed query.")
public class StateAfterARestart extends SparkProgram {

    /** A query with state: payments by some columns. */
    public static Dataset<Row> counts(Dataset<Row> payments, String columns) {
        return payments.groupBy(
                        Stream.of(columns.split(", ")).map(functions::col).toArray(Column[]::new))
                .count();
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        System.out.println("group by");
        restart(spark, StateAfterARestart::counts, "customer", "customer, terminal");
        restart(spark, StateAfterARestart::counts, "customer", "terminal");
        System.out.println("select");
        restart(spark, Dataset::selectExpr, "amount", "2 * amount");
        System.out.println("spark.sql.shuffle.partitions");
        partitions(spark, "2", "5");
    }

    private static void restart(
            SparkSession spark, BiFunction<Dataset<Row>, String, Dataset<Row>> query, String before, String after)
            throws Exception {
        Inbox inbox = Inbox.create();
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA);
        String checkpoint = Scratch.folder("checkpoint-").toString();
        inbox.deliver("customer terminal amount", "7 31 12.50");
        run(query.apply(payments, before), checkpoint);
        inbox.deliver("customer terminal amount", "7 7 99.99");
        print(before, after, run(query.apply(payments, after), checkpoint));
    }

    private static void partitions(SparkSession spark, String before, String after) throws Exception {
        Inbox inbox = Inbox.create();
        String checkpoint = Scratch.folder("checkpoint-").toString();
        for (String partitions : List.of(before, after)) {
            spark.conf().set("spark.sql.shuffle.partitions", partitions);
            inbox.deliver("customer", "7");
            run(counts(inbox.stream(spark, Payment.SCHEMA), "customer"), checkpoint);
        }
        Row metadata = spark.read().format("state-metadata").load(checkpoint).first();
        print(before, after, "the state has " + metadata.getAs("numPartitions"));
    }

    private static void print(String before, String after, String result) {
        System.out.printf("    %-8s → %-18s  %s%n", before, after, result);
    }

    private static String run(Dataset<Row> query, String checkpoint) throws Exception {
        try {
            CollectedBatch<Row> batch =
                    CollectedQuery.run(query, "update", checkpoint).get(0);
            return "batch " + batch.id() + ": " + batch.output();
        } catch (StreamingQueryException e) {
            return "fails: " + SparkErrors.condition(e);
        }
    }

    public static void main(String[] args) {
        Program.run(new StateAfterARestart(), args);
    }
}
