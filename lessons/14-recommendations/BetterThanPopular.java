///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//DEPS org.apache.spark:spark-mllib_2.13:4.2.0
package lesson14;

import static org.apache.spark.sql.functions.*;

import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.sql.*;
import org.apache.spark.sql.expressions.Window;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Which terminals will a customer pay at for the first time next week? Three recommenders, judged by the same customers. */
@Command(description = "Popularity, item-item and ALS on the same split: hit rate, NDCG, coverage.")
public class BetterThanPopular extends SparkProgram {

    @Option(names = "--split", defaultValue = "time", description = "time or random (${DEFAULT-VALUE})")
    String split;

    /** Four weeks and the week to predict. Each tenth terminal opens at its beginning. */
    public static Dataset<Row> payments(SparkSession spark) {
        return PaymentRow.table(spark, Simulator.of(1000, 3000, 35).payments())
                .withColumn("last_week", expr("time >= '2018-04-29'"))
                .where("last_week OR terminal % 10 <> 0")
                .select("id", "customer", "terminal", "last_week");
    }

    /** The terminals of most customers, the same for everybody. */
    public static Dataset<Row> popular(Dataset<Row> known) {
        Dataset<Row> terminals = known.groupBy("terminal").agg(count("*").as("score"));
        return known.select("customer")
                .distinct()
                .crossJoin(terminals.sort(desc("score"), col("terminal")).limit(200));
    }

    /** Terminals with the same customers as those of a customer: their cosines, summed. */
    public static Dataset<Row> itemItem(Dataset<Row> known) {
        Dataset<Row> sizes = known.groupBy("terminal").agg(count("*").as("n"));
        Dataset<Row> one = known.join(sizes, "terminal");
        Dataset<Row> other = one.toDF("other", "customer", "m");
        Dataset<Row> cosines = one.join(other, "customer")
                .where("terminal <> other")
                .groupBy("terminal", "other", "n", "m")
                .agg(expr("count(*) / sqrt(n * m) AS cosine"));
        return cosines.join(known.toDF("customer", "other"), "other")
                .groupBy("customer", "terminal")
                .agg(expr("round(sum(cosine), 9) AS score")); // the order of additions must not decide a tie
    }

    /** A short vector for each customer and terminal, whose product is high where customers pay. */
    public static Dataset<Row> als(Dataset<Row> known) {
        Dataset<Row> ratings =
                known.withColumn("rating", lit(1)).repartition(1).sortWithinPartitions("customer", "terminal");
        return new ALS()
                .setUserCol("customer")
                .setItemCol("terminal")
                .setImplicitPrefs(true)
                .setRank(32)
                .setNumBlocks(1)
                .setSeed(1)
                .fit(ratings)
                .recommendForAllUsers(100)
                .selectExpr("customer", "inline(recommendations)")
                .toDF("customer", "terminal", "score");
    }

    @Override
    protected void run(SparkSession spark) {
        Mllib.useJavaOnly();
        // ALS cuts its long lineage at checkpoints; without a folder for them it ends with a StackOverflowError.
        spark.sparkContext().setCheckpointDir(Scratch.folder("als-").toString());
        Column isTest = split.equals("random") ? expr("hash(id) % 5 = 0") : col("last_week");
        Dataset<Row> payments = payments(spark).cache();
        Dataset<Row> known = payments.where(not(isTest))
                .select("customer", "terminal")
                .distinct()
                .cache();
        Dataset<Row> relevant = payments.where(isTest)
                .select("customer", "terminal")
                .except(known)
                .cache();
        TextTable table = new TextTable("%-12s  %9s  %8s  %5s  %8s");
        table.row("recommender", "customers", "hit rate", "NDCG", "coverage");
        table.row(judge("popular", popular(known), known, relevant));
        table.row(judge("item-item", itemItem(known), known, relevant));
        table.row(judge("ALS", als(known), known, relevant));
    }

    /** Takes ten terminals of each customer, the best first, without those he knows, and looks for the relevant ones. */
    private static Object[] judge(String name, Dataset<Row> scores, Dataset<Row> known, Dataset<Row> relevant) {
        String[] key = {"customer", "terminal"};
        Column i = row_number().over(Window.partitionBy("customer").orderBy(desc("score"), col("terminal")));
        Dataset<Row> top = scores.join(known, key, "left_anti")
                .join(relevant.select("customer").distinct(), "customer")
                .withColumn("i", i)
                .where("i <= 10")
                .cache();
        Row means = relevant.join(top, key, "left")
                .groupBy("customer")
                .agg(expr("sum(coalesce(1 / log2(i + 1), 0)) AS dcg"), expr("int(least(count(*), 10)) AS n"))
                .withColumn("ideal", expr("aggregate(sequence(1, n), double(0), (sum, i) -> sum + 1 / log2(i + 1))"))
                .agg(count("*"), expr("avg(int(dcg > 0))"), expr("avg(dcg / ideal)"))
                .first();
        double shown = top.join(known, "terminal").select("terminal").distinct().count();
        double coverage = shown / known.select("terminal").distinct().count();
        return new Object[] {
            name, means.getLong(0), percent(means.getDouble(1)), "%.3f".formatted(means.getDouble(2)), percent(coverage)
        };
    }

    private static String percent(double share) {
        return "%.1f %%".formatted(100 * share);
    }

    public static void main(String[] args) {
        Program.run(new BetterThanPopular(), args);
    }
}
