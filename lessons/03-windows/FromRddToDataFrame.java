///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import org.apache.spark.api.java.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import picocli.CommandLine.*;
import scala.Tuple2;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Counts the long words of a social feed three ways: with an RDD, with a DataFrame and in SQL. */
@Command(description = "Word count, three ways.")
public class FromRddToDataFrame extends SparkProgram {

    @Option(names = "--longer", defaultValue = "3", description = "count words with more letters (${DEFAULT-VALUE})")
    int longer;

    static final String SCHEMA = "author string, likes int, text string";

    static final String FEED = """
            ada,12,spark reads my stream
            ben,3,my stream is late
            ada,40,late is not lost
            eve,7,spark is not magic
            ben,1,is my spark late
            eve,0,no""";

    /** How to count, step by step. Spark cannot look into the lambdas. */
    public static JavaPairRDD<String, Long> countWords(JavaRDD<String> lines, int longer) {
        return lines.flatMap(line -> List.of(line.split(",")[2].split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1L))
                .reduceByKey(Long::sum)
                .filter(wordCount -> wordCount._1.length() > longer);
    }

    /** What to count: columns and expressions, which Spark can optimize. */
    public static Dataset<Row> countWords(Dataset<Row> feed, int longer) {
        return feed.select(explode(split(col("text"), " ")).as("word"))
                .groupBy("word")
                .agg(count("*").as("n"))
                .where(length(col("word")).gt(longer));
    }

    static final String SQL = """
            SELECT word, count(*) AS n
            FROM (SELECT explode(split(text, ' ')) AS word FROM feed)
            GROUP BY word
            HAVING length(word) > %d""";

    @Override
    protected void run(SparkSession spark) {
        String folder = Inbox.create().deliver(FEED.lines().toList()).path();
        JavaRDD<String> lines = new JavaSparkContext(spark.sparkContext()).textFile(folder, 2);
        Dataset<Row> feed = spark.read().schema(SCHEMA).csv(folder);
        feed.createOrReplaceTempView("feed");
        JavaPairRDD<String, Long> rdd = countWords(lines, longer);
        Dataset<Row> frame = countWords(feed, longer);
        Dataset<Row> sql = spark.sql(SQL.formatted(longer));
        System.out.println("RDD        " + rdd.sortByKey().collect());
        System.out.println("DataFrame  " + frame.sort("word").collectAsList());
        System.out.println("SQL        " + sql.sort("word").collectAsList());

        print("lineage of the RDD", rdd.toDebugString());
        print("analyzed plan of the DataFrame", frame.queryExecution().analyzed());
        print("optimized plan of the DataFrame", frame.queryExecution().optimizedPlan());
        String physical = frame.queryExecution().executedPlan().toString();
        System.out.println("columns read: " + physical.replaceAll("(?s).*ReadSchema: (\\S+).*", "$1"));
        LogicalPlan optimized = frame.queryExecution().optimizedPlan();
        boolean same = sql.queryExecution().optimizedPlan().sameResult(optimized);
        System.out.println("SQL has the same optimized plan: " + same);
    }

    /** Prints a plan without the numbers and paths that change from run to run. */
    static void print(String title, Object plan) {
        String text = plan.toString().replaceAll("#\\d+L?|(?m)\\S*/\\S* | \\[]$", "");
        System.out.println(title);
        System.out.print(text.replaceAll("\\[\\d+] at (\\w+) at \\S+", " at $1").indent(4));
    }

    public static void main(String[] args) {
        Program.run(new FromRddToDataFrame(), args);
    }
}
