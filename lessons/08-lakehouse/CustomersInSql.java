///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson08;

import java.util.*;
import java.util.stream.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Questions about customers in SQL: raw strings become payments, payments become figures. */
@Command(description = "Batch analytics in SQL, and where it goes wrong.")
public class CustomersInSql extends SparkProgram {

    @Option(names = "--night", defaultValue = "2018-05-31", description = "the day of the report (${DEFAULT-VALUE})")
    String night;

    static final String RAW = """
            SELECT * FROM VALUES
              ('1', '501', '2018-04-02', '50.00'), ('2', ' 501', '2018-04-20', '30.00'),
              ('2', '501', '2018-04-20', '30.00'), ('3', '502', '2018-04-05', '20.00'),
              ('4', '502', '2018-05-02', '20,00'), ('5', '503', '2018-05-05', '200.00'),
              ('6', '503', '2018-05-20', '-40.00'), ('7', NULL, '2018-05-21', '15.00'),
              ('8', '501', '2018-05-25', '10.00'), ('9', '504', '2018-04-31', '20.00'),
              ('10', '504', '2018-04-30', '20.00') AS raw(id, customer, day, amount)""";

    static final String CUSTOMERS = """
            SELECT * FROM VALUES (501, 'BE'), (502, 'FR'), (503, 'BE'), (504, NULL), (505, 'FR') AS c(customer, country)""";

    static final String PAYMENTS = """
            SELECT DISTINCT int(id) AS id, int(trim(customer)) AS customer,
              try_cast(day AS DATE) AS day, try_cast(amount AS DECIMAL(10,2)) AS amount FROM raw""";

    static final String ACTIVITY = """
            SELECT customer, datediff(date'%s', max(day)) AS recency, count(*) AS frequency, sum(amount) AS monetary
            FROM payments WHERE amount IS NOT NULL AND day IS NOT NULL AND customer IS NOT NULL GROUP BY customer""";

    static final String RANKS = """
            SELECT customer, monetary, ntile(3) OVER (ORDER BY monetary DESC, customer) AS ntile,
              rank() OVER (ORDER BY monetary DESC) AS rank, row_number() OVER (ORDER BY monetary DESC, customer) AS number
            FROM activity ORDER BY number""";

    static final String ROLLUP = """
            SELECT country, month(day) AS month, sum(amount) AS revenue, grouping_id() AS grouping
            FROM payments JOIN customers USING (customer) WHERE day IS NOT NULL
            GROUP BY ROLLUP (country, month(day)) ORDER BY grouping, country, month""";

    static final String LAG = """
            SELECT customer, day, datediff(day, lag(day) OVER (PARTITION BY customer ORDER BY day)) AS days
            FROM payments WHERE customer IN (501, 503) ORDER BY customer, day""";

    static final String PIVOT = """
            SELECT * FROM (SELECT customer, month(day) AS month, amount FROM payments)
            PIVOT (sum(amount) FOR month IN (4 AS april, 5 AS may)) ORDER BY customer""";

    static final String AVERAGES = """
            SELECT round(avg(mean), 2) AS of_customers, round(sum(total) / sum(n), 2) AS of_payments
            FROM (SELECT avg(amount) AS mean, sum(amount) AS total, count(amount) AS n FROM payments GROUP BY customer)""";

    static final String NOT_IN = "SELECT customer FROM customers WHERE customer NOT IN (SELECT customer FROM payments)";

    static final String NOT_EXISTS = """
            SELECT customer FROM customers c
            WHERE NOT EXISTS (SELECT 1 FROM payments p WHERE p.customer = c.customer)""";

    @Override
    protected void run(SparkSession spark) {
        spark.sql(RAW).createOrReplaceTempView("raw");
        spark.sql(CUSTOMERS).createOrReplaceTempView("customers");
        spark.sql(PAYMENTS).createOrReplaceTempView("payments");
        spark.sql(ACTIVITY.formatted(night)).createOrReplaceTempView("activity");
        show(spark, "payments", "SELECT * FROM payments ORDER BY id");
        show(spark, "activity", "SELECT * FROM activity ORDER BY customer");
        show(spark, "ranks", RANKS);
        show(spark, "rollup", ROLLUP);
        show(spark, "days since the payment before", LAG);
        show(spark, "pivot", PIVOT);
        show(spark, "the average amount", AVERAGES);
        show(spark, "without a payment, NOT IN", NOT_IN);
        show(spark, "without a payment, NOT EXISTS", NOT_EXISTS);
    }

    private static void show(SparkSession spark, String title, String query) {
        Dataset<Row> rows = spark.sql(query);
        System.out.println(title);
        TextTable table = new TextTable("    " + "%-12s  ".repeat(rows.columns().length));
        table.row((Object[]) rows.columns());
        rows.collectAsList()
                .forEach(row -> table.row(IntStream.range(0, row.size())
                        .mapToObj(i -> String.valueOf(row.get(i)))
                        .toArray()));
    }

    public static void main(String[] args) {
        Program.run(new CustomersInSql(), args);
    }
}
