///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import java.util.List;
import org.apache.spark.sql.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Joins payments with a table of terminals: a terminal without an entry, and one with two. */
@Command(description = "A stream, joined with a table.")
public class JoinWithATable extends SparkProgram {

    /** The query: each payment with the town of its terminal. */
    public static Dataset<Row> withTown(Dataset<Row> payments, Dataset<Row> terminals, String joinType) {
        return payments.join(terminals, payments.col("terminal").equalTo(terminals.col("terminal")), joinType)
                .select("id", "town");
    }

    @Override
    protected void run(SparkSession spark) {
        Inbox inbox = Inbox.create().deliver("id terminal", "1 12, 2 40").deliver("id terminal", "3 12, 4 40");
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA);
        Dataset<Row> table = terminals(spark, "12 Ghent");
        System.out.println("the table has terminal 12, not 40");
        print("inner", withTown(payments, table, "inner"));
        print("left", withTown(payments, table, "left"));
        print("right", withTown(payments, table, "right"));
        print("left, 12 has two entries", withTown(payments, terminals(spark, "12 Ghent, 12 Gent"), "left"));
    }

    /** Prints the output of both batches, or why Spark refuses the query. */
    private static void print(String what, Dataset<Row> query) {
        String outcome = CollectedQuery.outcome(query, "append").split(" and ")[0];
        System.out.printf("    %-24s  %s%n", what, outcome);
    }

    static Dataset<Row> terminals(SparkSession spark, String rows) {
        List<String> lines = JsonLines.of("terminal town", rows);
        return spark.read().schema("terminal int, town string").json(spark.createDataset(lines, Encoders.STRING()));
    }

    public static void main(String[] args) {
        Program.run(new JoinWithATable(), args);
    }
}
