///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson10;

import static org.apache.spark.sql.functions.*;

import java.util.regex.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Payments joined with their customers in many ways: the operator that Spark takes, and the rows that it moves. */
@Command(description = "Join operators and hints.")
public class WaysToJoin extends SparkProgram {

    @Option(names = "--adaptive", description = "with adaptive execution")
    boolean adaptive;

    private static final TextTable TABLE = new TextTable("%-44s  %-33s  %9s  %s");
    private static final Pattern JOIN =
            Pattern.compile("(\\w+Join|CartesianProduct)\\b.*?(BuildLeft|BuildRight|$)", Pattern.MULTILINE);

    /** Made of an RDD, so that Spark does not know their size. */
    public static Dataset<Row> payments(SparkSession spark) {
        Dataset<Row> rows =
                spark.range(0, 10_000, 1, 3).selectExpr("id", "int(id % 100) AS customer", "int(id % 50) AS amount");
        return spark.createDataFrame(rows.toJavaRDD(), rows.schema());
    }

    /** Collected, so that Spark knows how few there are. */
    public static Dataset<Row> customers(SparkSession spark) {
        Dataset<Row> rows = spark.range(100).selectExpr("int(id) AS customer", "int(id) AS allowed");
        return spark.createDataFrame(rows.collectAsList(), rows.schema());
    }

    @Override
    protected void run(SparkSession spark) {
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
        Dataset<Row> payments = payments(spark);
        Dataset<Row> customers = customers(spark);
        Dataset<Row> unknown = spark.createDataFrame(customers.toJavaRDD(), customers.schema());
        Column sameCustomer = payments.col("customer").equalTo(unknown.col("customer"));
        Column less = payments.col("amount").gt(unknown.col("allowed"));

        TABLE.row("", "operator", "shuffled", "broadcast");
        show("customers of known size", payments.join(customers, "customer"));
        show("customers of unknown size", payments.join(unknown, "customer"));
        show("  hint broadcast", payments.join(broadcast(unknown), "customer"));
        show("  hint shuffle_hash", payments.join(unknown.hint("shuffle_hash"), "customer"));
        show("  hint broadcast of the payments", broadcast(payments).join(unknown, "customer"));
        show("customers of known size, hint merge", payments.join(customers.hint("merge"), "customer"));
        show("left join", payments.join(unknown, sameCustomer, "left"));
        show("  hint broadcast of the customers", payments.join(broadcast(unknown), sameCustomer, "left"));
        show("  hint broadcast of the payments", broadcast(payments).join(unknown, sameCustomer, "left"));
        show("full join, hint broadcast", payments.join(broadcast(unknown), sameCustomer, "full"));
        show("amount > allowed", payments.join(unknown, less));
        show("  hint broadcast", payments.join(broadcast(unknown), less));
        show("same customer or amount > allowed", payments.join(broadcast(unknown), sameCustomer.or(less)));
        show(
                "payments repartitioned by customer before",
                payments.repartition(col("customer")).join(unknown, "customer"));
    }

    private static void show(String title, Dataset<Row> query) {
        ExecutedPlan plan = ExecutedPlan.run(query);
        Matcher join = JOIN.matcher(plan.toString());
        join.find();
        TABLE.row(title, (join.group(1) + " " + join.group(2)).strip(), plan.shuffledRows(), plan.broadcastRows());
    }

    public static void main(String[] args) {
        Program.run(new WaysToJoin(), args);
    }
}
