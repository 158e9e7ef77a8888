///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import org.apache.spark.sql.*;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Shows what moves rows between partitions, and how the plan shows it. One customer makes 70 % of the payments. */
@Command(description = "Partitions, shuffles, joins.")
public class PartitionsAndShuffles extends SparkProgram {

    @Option(names = "--partitions", defaultValue = "4", description = "partitions after a shuffle (${DEFAULT-VALUE})")
    int partitions;

    /** A thousand payments in three partitions: 700 by customer 7, the others by customers 0 to 99. */
    public static Dataset<Row> payments(SparkSession spark) {
        Dataset<Row> rows =
                spark.range(0, 1000, 1, 3).selectExpr("int(if(id % 10 < 7, 7, id * 7 % 100))", "int(id % 100)");
        return spark.createDataFrame(rows.toJavaRDD(), StructType.fromDDL("customer int, amount int"));
    }

    public static Dataset<Row> customers(SparkSession spark) {
        Dataset<Row> rows = spark.range(100).selectExpr("int(id)", "if(id % 2 = 0, 'BE', 'NL')");
        return spark.createDataFrame(rows.collectAsList(), StructType.fromDDL("customer int, country string"));
    }

    public static Dataset<Row> totals(Dataset<Row> payments) {
        return payments.groupBy("customer").agg(sum("amount").as("total"));
    }

    /** Numbers the payments of each customer, the largest first. */
    public static Dataset<Row> numbered(Dataset<Row> payments) {
        var byCustomer = Window.partitionBy("customer").orderBy(col("amount").desc());
        return payments.withColumn("nth", row_number().over(byCustomer));
    }

    @Override
    protected void run(SparkSession spark) {
        spark.conf().set("spark.sql.shuffle.partitions", partitions);
        spark.conf().set("spark.sql.adaptive.enabled", false);
        Dataset<Row> payments = payments(spark);
        Dataset<Row> customers = customers(spark);
        print("payments, in 3 partitions", payments);
        print("where: narrow", payments.where("amount >= 50"));
        print("sum by customer: wide", totals(payments));
        print("numbered by customer: wide", numbered(payments));
        print("join", payments.join(customers.hint("merge"), "customer"));
        print("join, customers broadcast", payments.join(broadcast(customers), "customer"));

        spark.conf().set("spark.sql.adaptive.enabled", true);
        print("sum by customer, adaptive", totals(payments));
    }

    /** Runs the query and prints its plan, the rows that were shuffled, and the rows of each resulting partition. */
    static void print(String title, Dataset<Row> query) {
        ExecutedPlan plan = ExecutedPlan.run(query);
        System.out.println(title);
        System.out.print(plan.toString().indent(4));
        System.out.printf("    %d rows shuffled, partitions %s%n", plan.shuffledRows(), sizes(query));
    }

    /** Returns the number of rows in each partition of the result. */
    public static List<Integer> sizes(Dataset<Row> rows) {
        return rows.toJavaRDD().glom().map(List::size).collect();
    }

    public static void main(String[] args) {
        Program.run(new PartitionsAndShuffles(), args);
    }
}
