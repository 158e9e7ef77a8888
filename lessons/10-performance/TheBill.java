///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson10;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** One question asked twice, with what each answer cost: the three customers of each country who spent most in April. */
@Command(description = "The bill of a query, and of a better one.")
public class TheBill extends SparkProgram {

    @Option(names = "--payments", defaultValue = "2000000", description = "payments of a year (${DEFAULT-VALUE})")
    long payments;

    @Option(names = "--time", defaultValue = "0", description = "also time both, alternately, so many times")
    int rounds;

    /** What moves rows, reads them, or needs all rows of a key. */
    private static final String SHOWN = "Window|.*Join|.*Exchange.*|Scan.*";

    public static Dataset<Row> asked(Dataset<Row> payments, Dataset<Row> customers) {
        return mostSpending(payments.where("date_format(time, 'yyyy-MM') = '2018-04'")
                .join(customers, "customer")
                .withColumn("spent", sum("amount").over(Window.partitionBy("customer")))
                .select("country", "customer", "spent")
                .distinct());
    }

    public static Dataset<Row> askedBetter(Dataset<Row> payments, Dataset<Row> customers) {
        return mostSpending(payments.where("month = '2018-04'")
                .groupBy("customer")
                .agg(sum("amount").as("spent"))
                .join(broadcast(customers), "customer"));
    }

    private static Dataset<Row> mostSpending(Dataset<Row> sums) {
        var ofCountry = Window.partitionBy("country").orderBy(col("spent").desc(), col("customer"));
        return sums.select(
                        col("country"),
                        col("customer"),
                        col("spent"),
                        row_number().over(ofCountry).as("nth"))
                .where("nth <= 3");
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Dataset<Row> payments = written(spark);
        // Made of an RDD: Spark does not know how small it is, as with most tables of a database.
        Dataset<Row> customers = spark.createDataFrame(
                spark.range(10_000)
                        .selectExpr("int(id)", "elt(id % 3 + 1, 'BE', 'FR', 'NL')")
                        .toJavaRDD(),
                StructType.fromDDL("customer INT, country STRING"));
        List<Row> first = print(spark, "asked", asked(payments, customers));
        List<Row> second = print(spark, "asked better", askedBetter(payments, customers));
        System.out.println("the same answer: " + (new HashSet<>(first).equals(new HashSet<>(second))));
        if (rounds > 0) {
            System.out.println(Stopwatch.alternately(
                    rounds,
                    () -> asked(payments, customers).collectAsList(),
                    () -> askedBetter(payments, customers).collectAsList()));
        }
    }

    /** Payments of 2018 by ten thousand customers, in a folder for each month. */
    private Dataset<Row> written(SparkSession spark) {
        String folder = Scratch.folder("payments-") + "/payments";
        spark.range(0, payments, 1, 4)
                .selectExpr(
                        "id",
                        "timestamp'2018-01-01' + make_interval(0, 0, 0, 0, 0, 0, pmod(xxhash64(id, 't'), 31536000)) AS time",
                        "int(pmod(xxhash64(id, 'c'), 10000)) AS customer",
                        "int(pmod(xxhash64(id, 'a'), 100000)) AS amount",
                        "date_format(time, 'yyyy-MM') AS month")
                .write()
                .partitionBy("month")
                .parquet(folder);
        return spark.read().parquet(folder);
    }

    /** Runs the query and prints its bill, a line for each stage, and the operators of its final plan. */
    private static List<Row> print(SparkSession spark, String title, Dataset<Row> query) throws Exception {
        Bill bill = Bill.of(spark, query::collectAsList);
        System.out.println(title);
        StageTable.print(bill);
        ExecutedPlan.of(query).operators(SHOWN).forEach(line -> System.out.println("  " + line));
        return query.collectAsList();
    }

    public static void main(String[] args) {
        Program.run(new TheBill(), args);
    }
}
