///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static scala.jdk.javaapi.CollectionConverters.asJava;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Program;
import workbook.kit.spark.LocalSpark;

/** Where rows lie, what moves them, and how the plan shows it. One customer makes seven payments of ten. */
@Command(name = "PartitionsAndShuffles", mixinStandardHelpOptions = true, description = "Partitions, shuffles, joins.")
public class PartitionsAndShuffles implements Callable<Integer> {

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "into how many partitions a shuffle shares out its rows (default: ${DEFAULT-VALUE})")
    int partitions;

    public static void main(String[] args) {
        Program.run(new PartitionsAndShuffles(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("PartitionsAndShuffles")) {
            spark.conf().set("spark.sql.shuffle.partitions", partitions);
            spark.conf().set("spark.sql.adaptive.enabled", false); // first the plans as they are made
            Dataset<Row> payments = payments(spark);
            tell("payments, in 3 partitions", payments);
            tell("where: narrow", payments.where("amount >= 50"));
            tell("sum by customer: wide", totals(payments));
            tell("numbered by customer: wide", numbered(payments));

            Dataset<Row> customers = customers(spark);
            tell("join", payments.join(customers.hint("merge"), "customer"));
            tell("join, customers broadcast", payments.join(broadcast(customers), "customer"));

            spark.conf().set("spark.sql.adaptive.enabled", true);
            tell("sum by customer, adaptive", totals(payments));
            return 0;
        }
    }

    public static Dataset<Row> totals(Dataset<Row> payments) {
        return payments.groupBy("customer").agg(sum("amount").as("total"));
    }

    /** Each payment with its number among those of its customer. */
    public static Dataset<Row> numbered(Dataset<Row> payments) {
        return payments.withColumn(
                "nth",
                row_number()
                        .over(Window.partitionBy("customer")
                                .orderBy(col("amount").desc())));
    }

    /** A thousand payments in three partitions: seven of ten by customer 7, the others by customers 0 to 99. */
    public static Dataset<Row> payments(SparkSession spark) {
        List<Row> rows = IntStream.range(0, 1000)
                .mapToObj(i -> RowFactory.create(i % 10 < 7 ? 7 : i * 7 % 100, i % 100))
                .toList();
        return spark.createDataFrame(
                new JavaSparkContext(spark.sparkContext()).parallelize(rows, 3),
                StructType.fromDDL("customer int, amount int"));
    }

    public static Dataset<Row> customers(SparkSession spark) {
        List<Row> rows = IntStream.range(0, 100)
                .mapToObj(i -> RowFactory.create(i, i % 2 == 0 ? "BE" : "NL"))
                .toList();
        return spark.createDataFrame(rows, StructType.fromDDL("customer int, country string"));
    }

    /** Runs the query; shows its plan, how many rows its shuffles moved, and how many lie in each partition then. */
    static void tell(String what, Dataset<Row> rows) {
        rows.collectAsList();
        SparkPlan plan = asRun(rows.queryExecution().executedPlan());
        System.out.println(what);
        plan(plan).lines().forEach(line -> System.out.println("    " + line));
        System.out.printf("    shuffled %d, then there are %s%n", shuffled(plan), sizes(rows));
    }

    /** How many rows there are in each partition of the result. */
    public static List<Integer> sizes(Dataset<Row> rows) {
        return rows.toJavaRDD().glom().map(List::size).collect();
    }

    /** The plan; an adaptive one as it was in the end. */
    private static SparkPlan asRun(SparkPlan plan) {
        return plan instanceof AdaptiveSparkPlanExec adaptive ? adaptive.executedPlan() : plan;
    }

    /** How many rows the shuffles of the plan have written. */
    static long shuffled(SparkPlan plan) {
        if (plan instanceof QueryStageExec stage) {
            return shuffled(stage.plan());
        }
        long below = asJava(plan.children()).stream()
                .mapToLong(PartitionsAndShuffles::shuffled)
                .sum();
        return plan instanceof ShuffleExchangeExec
                ? below + (Long) plan.metrics().apply("shuffleRecordsWritten").value()
                : below;
    }

    /** A plan, less the numbers that Spark gives to columns, nodes and stages, and less what would not fit the page. */
    static String plan(SparkPlan plan) {
        return plan.toString()
                .replaceAll("#\\d+L?|, \\[plan_id=\\d+]|\\*\\(\\d+\\) ", "")
                .replaceAll("windowspecdefinition\\(.*\\)\\)", "over (…)")
                .replaceAll("HashedRelationBroadcastMode.*", "…");
    }
}
