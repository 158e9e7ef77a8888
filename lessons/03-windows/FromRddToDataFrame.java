///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.split;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import scala.Tuple2;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** The long words of a social feed, counted three ways: with an RDD, with a DataFrame, in SQL. */
@Command(name = "FromRddToDataFrame", mixinStandardHelpOptions = true, description = "Word count, three ways.")
public class FromRddToDataFrame implements Callable<Integer> {

    @Option(
            names = "--longer",
            defaultValue = "3",
            description = "count words of more letters than this (default: ${DEFAULT-VALUE})")
    int longer;

    /** The feed: who wrote it, how many liked it, and the text. */
    static final List<String> POSTS = List.of(
            "ada,12,spark reads my stream",
            "ben,3,my stream is late",
            "ada,40,late is not lost",
            "eve,7,spark is not magic",
            "ben,1,is my spark late",
            "eve,0,no");

    public static void main(String[] args) {
        Program.run(new FromRddToDataFrame(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("FromRddToDataFrame")) {
            String folder = Inbox.create().deliver(POSTS).path();
            JavaRDD<String> lines = new JavaSparkContext(spark.sparkContext()).textFile(folder, 2);
            Dataset<Row> feed =
                    spark.read().schema("author string, likes int, text string").csv(folder);
            feed.createOrReplaceTempView("feed");

            JavaPairRDD<String, Long> rdd = counted(lines, longer);
            Dataset<Row> frame = counted(feed, longer);
            Dataset<Row> sql = spark.sql(sql(longer));
            print("RDD", rdd.collectAsMap());
            print("DataFrame", map(frame));
            print("SQL", map(sql));

            print("the RDD: how it is made", plan(rdd.toDebugString()));
            print("the DataFrame: what was asked", plan(frame.queryExecution().analyzed()));
            print("the DataFrame: optimised", plan(frame.queryExecution().optimizedPlan()));
            System.out.println("it reads " + columnsRead(frame));
            System.out.println("SQL has the same plan: "
                    + sql.queryExecution()
                            .optimizedPlan()
                            .sameResult(frame.queryExecution().optimizedPlan()));
            lazy(lines, spark.sparkContext().longAccumulator());
            return 0;
        }
    }

    /** Says how: step by step, one function after the other. What they do, Spark cannot see. */
    public static JavaPairRDD<String, Long> counted(JavaRDD<String> lines, int longer) {
        return lines.flatMap(
                        line -> Arrays.asList(line.split(",")[2].split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1L))
                .reduceByKey(Long::sum)
                .filter(counted -> counted._1.length() > longer);
    }

    /** Says what: columns, and expressions that Spark can read. */
    public static Dataset<Row> counted(Dataset<Row> feed, int longer) {
        return feed.select(explode(split(col("text"), " ")).as("word"))
                .groupBy("word")
                .agg(count("*").as("n"))
                .where(length(col("word")).gt(longer));
    }

    static String sql(int longer) {
        return """
                SELECT word, count(*) AS n
                FROM (SELECT explode(split(text, ' ')) AS word FROM feed)
                GROUP BY word
                HAVING length(word) > %d""".formatted(longer);
    }

    /** Counts how often a line is read: a transformation reads none, an action reads what it needs. */
    static void lazy(JavaRDD<String> lines, LongAccumulator read) {
        System.out.println("lines read, of " + POSTS.size());
        JavaRDD<String> counting = lines.map(line -> {
            read.add(1);
            return line;
        });
        JavaRDD<String> shouted = counting.map(String::toUpperCase);
        tell("two transformations", read);
        shouted.count();
        tell("an action", read);
        shouted.count();
        tell("the same once more", read);
        shouted.cache().count();
        tell("the same, to be cached", read);
        shouted.count();
        tell("from the cache", read);
        JavaPairRDD<String, Long> counted = counted(counting, 3);
        counted.count();
        tell("a word count", read);
        counted.count();
        tell("the same once more", read);
    }

    private static void tell(String what, LongAccumulator read) {
        System.out.printf("    %-24s %d%n", what, read.value());
        read.reset();
    }

    private static Map<String, Long> map(Dataset<Row> counted) {
        return counted.collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
    }

    private static void print(String way, Map<String, Long> counted) {
        System.out.printf("%-10s %s%n", way, new TreeMap<>(counted));
    }

    /** A plan, less what differs from run to run: the numbers of columns and RDDs, paths. */
    static String plan(Object plan) {
        return plan.toString()
                .replaceAll("#\\d+L?", "")
                .replaceAll("\\[\\d+] at (\\w+) at \\S+", " at $1")
                .replaceAll("(?m)\\S*/\\S* | \\[]$", "");
    }

    /** What the physical plan, the one that is run, asks of the file. */
    static String columnsRead(Dataset<Row> rows) {
        return rows.queryExecution().executedPlan().toString().replaceAll("(?s).*ReadSchema: (\\S+).*", "$1");
    }

    private static void print(String what, String plan) {
        System.out.println(what);
        plan.lines().forEach(line -> System.out.println("    " + line));
    }
}
