///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//DEPS com.h2database:h2:2.5.252
package lesson08;

import java.sql.*;
import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Spark reads a table of a database in parallel: which rows each partition has, and what the database is asked. */
@Command(description = "JDBC: partitions and filters.")
public class FromADatabase extends SparkProgram {

    static final String URL = "jdbc:h2:mem:bank";

    @Option(names = "--upper", defaultValue = "50", description = "the upperBound of the partitions (${DEFAULT-VALUE})")
    int upper;

    @Override
    protected LocalSpark settings() {
        return super.settings().threads(1); // one task after the other, in the order of the partitions
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        try (Connection bank = DriverManager.getConnection(URL);
                Statement h2 = bank.createStatement()) {
            h2.execute("CREATE TABLE payments (id INT PRIMARY KEY, customer INT, amount INT)");
            h2.execute("INSERT INTO payments SELECT x, nullif(x % 10, 0), x FROM system_range(1, 100)");
            showPartitions(spark);
            showStatements(payments(spark, Map.of()), h2);
        }
    }

    private void showPartitions(SparkSession spark) {
        System.out.println("100 payments, rows of each partition");
        show("one", payments(spark, Map.of()));
        show("by id", payments(spark, partitions("id", 4, upper)));
        show("by customer", payments(spark, partitions("customer", 3, 10)));
        String[] predicates = {"id <= 50", "id >= 50"};
        show("by predicates", spark.read().jdbc(URL, "payments", predicates, new Properties()));
    }

    private static Map<String, String> partitions(String column, int number, int upper) {
        return Map.of(
                "partitionColumn", column, "numPartitions", "" + number, "lowerBound", "1", "upperBound", "" + upper);
    }

    private static Dataset<Row> payments(SparkSession spark, Map<String, String> options) {
        return spark.read()
                .format("jdbc")
                .option("url", URL)
                .option("dbtable", "payments")
                .options(options)
                .load();
    }

    private static void show(String title, Dataset<Row> rows) {
        List<Row> partitions = rows.selectExpr("spark_partition_id() AS p", "int(customer IS NULL) AS n")
                .groupBy("p")
                .agg(functions.count("p"), functions.sum("n"))
                .sort("p")
                .collectAsList();
        System.out.printf(
                "    %-13s  %-16s  %3d rows, without a customer %s%n",
                title,
                partitions.stream().map(p -> p.getLong(1)).toList(),
                partitions.stream().mapToLong(p -> p.getLong(1)).sum(),
                partitions.stream().map(p -> p.getLong(2)).toList());
    }

    private static void showStatements(Dataset<Row> payments, Statement h2) throws SQLException {
        System.out.println("what the database is asked");
        asked(h2, payments.where("amount > 95").select("id"));
        asked(h2, payments.where("string(amount) = '95'").select("id"));
        asked(h2, payments.groupBy("customer").count());
        asked(h2, payments.sort("amount").limit(3));
    }

    /** Prints the statement that a query sends, and how many rows come back. */
    private static void asked(Statement h2, Dataset<Row> query) throws SQLException {
        h2.execute("SET QUERY_STATISTICS TRUE");
        query.collectAsList();
        ResultSet asked =
                h2.executeQuery("SELECT sql_statement, max_row_count FROM information_schema.query_statistics "
                        + "WHERE sql_statement LIKE '%FROM payments%'");
        while (asked.next()) {
            System.out.printf(
                    "    %3d rows  %s%n",
                    asked.getInt(2), asked.getString(1).strip().replaceAll("\\s+", " "));
        }
        h2.execute("SET QUERY_STATISTICS FALSE");
    }

    public static void main(String[] args) {
        Program.run(new FromADatabase(), args);
    }
}
