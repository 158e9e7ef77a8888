///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson10;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.expressions.Window;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Ten thousand payments, 9,200 of them by customer 7: which operations put them into one task, and what divides them. */
@Command(description = "Skew: sums, windows, joins, salt, adaptive execution.")
public class OneKeyTooMany extends SparkProgram {

    @Option(names = "--salts", defaultValue = "8", description = "parts of a salted key (${DEFAULT-VALUE})")
    int salts;

    private static final TextTable TABLE = new TextTable("%-42s  %8s  %7s  %s");

    /** In three partitions: 92 of 100 payments by customer 7, the others by eight more customers */
    public static Dataset<Row> payments(SparkSession spark) {
        Dataset<Row> rows = spark.range(0, 10_000, 1, 3)
                .selectExpr("int(if(id % 100 < 92, 7, id * 13 % 100)) AS customer", "id", "int(id % 50) AS amount");
        return spark.createDataFrame(rows.toJavaRDD(), rows.schema());
    }

    public static Dataset<Row> limits(SparkSession spark) {
        Dataset<Row> rows = spark.range(0, 100, 1, 1).selectExpr("int(id) AS customer", "int(id * 10) AS limit");
        return spark.createDataFrame(rows.toJavaRDD(), rows.schema());
    }

    /** Joins on the customer and a part of it: each payment has one part, a limit has all of them. */
    public static Dataset<Row> salted(Dataset<Row> payments, Dataset<Row> limits, int salts) {
        Dataset<Row> parts = payments.withColumn("salt", pmod(hash(col("id")), lit(salts)));
        Dataset<Row> copies = limits.withColumn("salt", explode(sequence(lit(0), lit(salts - 1))));
        return parts.join(copies, new String[] {"customer", "salt"}, "inner");
    }

    @Override
    protected LocalSpark settings() {
        return super.settings()
                .set("spark.sql.shuffle.partitions", "4")
                .set("spark.sql.autoBroadcastJoinThreshold", "-1") // as if the limits were large
                .set("spark.sql.adaptive.enabled", "false")
                .set("spark.sql.adaptive.advisoryPartitionSizeInBytes", "16000")
                .set("spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", "16000");
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Dataset<Row> payments = payments(spark);
        Dataset<Row> limits = limits(spark);
        Dataset<Row> joined = payments.join(limits, "customer");
        var byCustomer = Window.partitionBy("customer").orderBy("id");
        TABLE.row("", "shuffled", "largest", "rows of the tasks after the shuffle");
        show(spark, "repartition(4, customer)", payments.repartition(4, col("customer")));
        show(spark, "repartition(16, customer)", payments.repartition(16, col("customer")));
        show(spark, "repartition(4)", payments.repartition(4));
        show(spark, "sum by customer", payments.groupBy("customer").agg(sum("amount")));
        show(
                spark,
                "row_number by customer",
                payments.withColumn("nth", row_number().over(byCustomer)));
        show(spark, "join", joined);
        show(spark, "join, salted", salted(payments, limits, salts));
        spark.conf().set("spark.sql.adaptive.enabled", true);
        show(spark, "join, adaptive", joined.select("*"));
        Dataset<Row> counted = joined.groupBy("customer").agg(collect_set("id"));
        show(spark, "join and a set by customer, adaptive", counted);
        spark.conf().set("spark.sql.adaptive.forceOptimizeSkewedJoin", true);
        show(spark, "join and a set by customer, forced", counted.select("*"));
        spark.conf().set("spark.sql.adaptive.forceOptimizeSkewedJoin", false);
        show(
                spark,
                "row_number by customer, adaptive",
                payments.withColumn("nth", row_number().over(byCustomer)));
    }

    /** Prints how many rows the query shuffled, and how many of them each task of the stage that read most has got. */
    private static void show(SparkSession spark, String title, Dataset<Row> query) throws Exception {
        Bill bill = Bill.of(spark, query::collectAsList);
        StageBill stage = Collections.max(bill.stages(), Comparator.comparing(StageBill::fetchedRows));
        TABLE.row(title, bill.shuffledRows(), stage.largestTask(), stage.fetchedByTask());
    }

    public static void main(String[] args) {
        Program.run(new OneKeyTooMany(), args);
    }
}
