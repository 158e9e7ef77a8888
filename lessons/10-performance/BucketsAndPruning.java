///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson10;

import static org.apache.spark.sql.functions.col;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Tables in buckets and in partitions: which joins on them shuffle, and which filters read less. */
@Command(description = "Buckets, bucket pruning, partition pruning.")
public class BucketsAndPruning extends SparkProgram {

    @Option(names = "--writers", defaultValue = "3", description = "tasks that write a table (${DEFAULT-VALUE})")
    int writers;

    private static final TextTable JOINS = new TextTable("%-52s  %s");
    private static final TextTable READS = new TextTable("%-52s  %9s  %s");

    @Override
    protected LocalSpark settings() {
        return super.settings()
                .set("spark.sql.autoBroadcastJoinThreshold", "-1") // as if the tables were large
                .set("spark.sql.adaptive.enabled", "false");
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Dataset<Row> rows = spark.range(0, 1000, 1, writers).selectExpr("id", "int(id * 7919 % 100) AS customer");
        bucketed(rows, 4, "payments");
        bucketed(rows.select("customer").distinct().repartition(writers), 4, "in_four");
        bucketed(rows.select("customer").distinct().repartition(writers), 8, "in_eight");
        bucketed(rows.selectExpr("bigint(customer) AS customer").distinct().repartition(writers), 4, "as_bigint");
        Dataset<Row> payments = spark.table("payments");
        Path folder = Path.of(spark.conf().get("spark.sql.warehouse.dir").replace("file:", ""), "payments");

        JOINS.row("payments in 4 buckets, joined with", "rows shuffled");
        join("a table in 4 buckets", payments, spark.table("in_four"));
        join("a table in 8 buckets", payments, spark.table("in_eight"));
        spark.conf().set("spark.sql.bucketing.coalesceBucketsInJoin.enabled", true);
        join("a table in 8 buckets, coalesced", payments, spark.table("in_eight"));
        join("a table in 4 buckets of bigint", payments, spark.table("as_bigint"));
        join(
                "a table in 4 buckets, payments read by their path",
                spark.read().parquet(folder.toString()),
                spark.table("in_four"));

        READS.row("", "rows read", "files of by_day");
        read(spark, "payments", payments);
        read(spark, "customer = 7", payments.where("customer = 7"));
        read(spark, "customer IN (7, 8, 9)", payments.where("customer IN (7, 8, 9)"));
        read(spark, "customer < 8", payments.where("customer < 8"));
        read(spark, "string(customer) = '7'", payments.where("string(customer) = '7'"));
        dynamically(spark);
    }

    /** Joins payments in a folder for each of ten days with a table of the days; two days are a weekend. */
    private static void dynamically(SparkSession spark) throws Exception {
        spark.conf().unset("spark.sql.autoBroadcastJoinThreshold"); // the days are few, and Spark knows it
        spark.range(1000)
                .selectExpr("id", "int(id % 10) AS day")
                .repartition(col("day"))
                .write()
                .partitionBy("day")
                .saveAsTable("by_day");
        spark.range(0, 10, 1, 1)
                .selectExpr("int(id) AS day", "if(id > 7, 'weekend', 'work') AS kind", "id > 7 AS free")
                .write()
                .saveAsTable("days");
        read(spark, "by_day", spark.table("by_day"));
        for (String filter : List.of("day = 8", "day > 7", "kind = 'weekend'", "free", "true")) {
            read(
                    spark,
                    "by_day and days, " + filter,
                    spark.table("by_day").join(spark.table("days"), "day").where(filter));
        }
    }

    private static void bucketed(Dataset<Row> rows, int buckets, String table) {
        rows.write().bucketBy(buckets, "customer").sortBy("customer").saveAsTable(table);
    }

    private static void join(String title, Dataset<Row> payments, Dataset<Row> customers) {
        JOINS.row(title, ExecutedPlan.run(payments.join(customers, "customer")).shuffledRows());
    }

    private static void read(SparkSession spark, String title, Dataset<Row> query) throws Exception {
        Bill bill = Bill.of(spark, query::collectAsList);
        READS.row(title, bill.inputRows(), ExecutedPlan.of(query).scannedFiles("by_day"));
    }

    public static void main(String[] args) {
        Program.run(new BucketsAndPruning(), args);
    }
}
