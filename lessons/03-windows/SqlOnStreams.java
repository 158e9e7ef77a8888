///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Runs the same SQL on a table and on a stream, and shows which queries Spark refuses on a stream. */
@Command(description = "SQL on a table and on a stream.")
public class SqlOnStreams extends SparkProgram {

    @Option(names = "--sql", description = "a query of your own on the view 'payments'")
    String sql;

    @Option(names = "--mode", defaultValue = "update", description = "the output mode of --sql (${DEFAULT-VALUE})")
    String mode;

    /** A query and its output mode. */
    record Query(String mode, String sql) {}

    static final List<Query> QUERIES = List.of(
            new Query("append", "SELECT id FROM payments WHERE amount >= 100"),
            new Query("update", "SELECT customer, sum(amount) FROM payments GROUP BY customer"),
            new Query("complete", """
                    SELECT customer, sum(amount) AS total FROM payments
                    GROUP BY customer ORDER BY total DESC LIMIT 2"""),
            new Query("append", "SELECT id FROM payments ORDER BY amount"),
            new Query("append", "SELECT id FROM payments LIMIT 4"),
            new Query("update", "SELECT count(DISTINCT customer) FROM payments"),
            new Query("update", "SELECT approx_count_distinct(customer) FROM payments"),
            new Query("append", """
                    SELECT id, row_number() OVER (PARTITION BY customer ORDER BY time) FROM payments"""),
            new Query("append", "SELECT id FROM payments WHERE amount > (SELECT avg(amount) FROM payments)"),
            new Query("update", """
                    SELECT max(total) FROM (SELECT sum(amount) AS total FROM payments GROUP BY customer)"""),
            new Query("append", """
                    SELECT date(day.start), best FROM (
                      SELECT window(hour, '1 day') AS day, max(total) AS best FROM (
                        SELECT window(time, '1 hour') AS hour, sum(amount) AS total
                        FROM payments WATERMARK time DELAY OF INTERVAL 1 MINUTE
                        GROUP BY hour)
                      GROUP BY day)"""));

    /** The input, file by file. */
    static final List<String> FILES = List.of(
            "1 2018-04-01T08:00:12 7 31 12.50, 2 2018-04-01T08:01:40 3 12 140.00",
            "3 2018-04-01T09:02:05 7 31 99.99, 4 2018-04-01T09:02:59 5 12 310.20",
            "5 2018-04-02T08:03:30 3 40 100.00");

    @Override
    protected void run(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver("id time customer terminal amount", file));
        Dataset<Row> table = spark.read().schema(Payment.SCHEMA).json(inbox.path());
        Dataset<Row> stream = inbox.stream(spark, Payment.SCHEMA);
        for (Query query : sql == null ? QUERIES : List.of(new Query(mode, sql))) {
            System.out.println(query.sql());
            System.out.printf("    %-10s%s%n", "table", onTable(table, query.sql()));
            System.out.printf("    %-10s%s%n", query.mode(), onStream(stream, query));
        }
    }

    /** Returns the result of a query on a table. */
    public static String onTable(Dataset<Row> payments, String sql) {
        payments.createOrReplaceTempView("payments");
        return text(payments.sparkSession().sql(sql).collectAsList(), sql);
    }

    /** Returns the output of each batch, or why Spark refuses the query. A view of a stream is a stream. */
    public static String onStream(Dataset<Row> payments, Query query) throws Exception {
        payments.createOrReplaceTempView("payments");
        try {
            Dataset<Row> result = payments.sparkSession().sql(query.sql());
            return CollectedQuery.run(result, query.mode()).stream()
                    .map(batch -> text(batch.rows(), query.sql()))
                    .collect(Collectors.joining(" | "));
        } catch (Exception e) { // an AnalysisException, which Spark's Scala methods do not declare
            return "refused: " + SparkErrors.reason(e);
        }
    }

    /** Returns the rows in one line, sorted unless the query sorts them. */
    private static String text(List<Row> rows, String sql) {
        Stream<String> texts = rows.stream().map(row -> row.mkString("(", ", ", ")"));
        String text = (sql.contains("ORDER BY") ? texts : texts.sorted()).collect(Collectors.joining(" "));
        return text.isEmpty() ? "-" : text;
    }

    public static void main(String[] args) {
        Program.run(new SqlOnStreams(), args);
    }
}
