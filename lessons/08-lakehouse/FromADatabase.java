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

/** Spark reads a table of a database in parallel, and writes one: what is read, where, and what is left after a failure. */
@Command(description = "JDBC: partitions, filters, and writes.")
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
            read(spark, h2);
            h2.execute("CREATE TABLE copy (id INT PRIMARY KEY, amount INT)");
            write(spark, h2);
        }
    }

    private void read(SparkSession spark, Statement h2) throws SQLException {
        System.out.println("100 payments, rows of each partition");
        show("one", jdbc(spark, "payments"));
        show(
                "by id",
                jdbc(
                        spark,
                        "payments",
                        "partitionColumn",
                        "id",
                        "numPartitions",
                        "4",
                        "lowerBound",
                        "1",
                        "upperBound",
                        "" + upper));
        show(
                "by customer",
                jdbc(
                        spark,
                        "payments",
                        "partitionColumn",
                        "customer",
                        "numPartitions",
                        "3",
                        "lowerBound",
                        "1",
                        "upperBound",
                        "10"));
        String[] predicates = {"id <= 50", "id >= 50"};
        show("by predicates", spark.read().jdbc(URL, "payments", predicates, new Properties()));

        System.out.println("what the database is asked");
        Dataset<Row> payments = jdbc(spark, "payments");
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

    private void write(SparkSession spark, Statement h2) throws SQLException {
        System.out.println("ten payments are written in two partitions");
        Dataset<Row> ten = spark.range(1, 11, 1, 2).selectExpr("int(id) AS id", "int(id) AS amount");
        h2.execute("INSERT INTO copy VALUES (10, 0)");
        state("before", h2);
        append(ten, "append, 10 is there", h2);
        h2.execute("DELETE FROM copy WHERE id = 10");
        append(ten.coalesce(1), "again, without it", h2); // of two partitions the other one may be written meanwhile
        ten.write().mode("overwrite").option("truncate", true).jdbc(URL, "copy", new Properties());
        state("overwrite, truncate", h2);
        ten.write().mode("overwrite").jdbc(URL, "copy", new Properties());
        state("overwrite", h2);
        append(ten, "append", h2);
    }

    private static void append(Dataset<Row> rows, String title, Statement h2) throws SQLException {
        try {
            rows.write().mode("append").jdbc(URL, "copy", new Properties());
            state(title, h2);
        } catch (Exception e) {
            state(title + ", refused", h2);
        }
    }

    private static void state(String title, Statement h2) throws SQLException {
        ResultSet copy = h2.executeQuery(
                "SELECT count(*), (SELECT count(*) FROM information_schema.table_constraints WHERE table_name = 'COPY') FROM copy");
        copy.next();
        System.out.printf("    %-30s  rows %2d, keys %d%n", title, copy.getInt(1), copy.getInt(2));
    }

    private static Dataset<Row> jdbc(SparkSession spark, String table, String... options) {
        DataFrameReader reader = spark.read().format("jdbc").option("url", URL).option("dbtable", table);
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        return reader.load();
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

    public static void main(String[] args) {
        Program.run(new FromADatabase(), args);
    }
}
