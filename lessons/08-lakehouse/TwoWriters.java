///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
package lesson08;

import java.util.*;
import java.util.concurrent.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.delta.*;
import workbook.kit.spark.*;

/** Two statements write a table at the same time: which of them is refused, and why. */
@Command(description = "Which writers of one table conflict.")
public class TwoWriters extends DeltaProgram {

    /** The statements that run for a long time: the function slow returns its argument, when the other one has ended. */
    static final Map<String, String> SLOW = Map.of(
            "insert", "INSERT INTO %s SELECT slow(int(id)) + 9, 'BE', 9 FROM range(1)",
            "insert from the table", "INSERT INTO %s SELECT slow(id) + 10, country, amount FROM %<s",
            "merge",
                    "MERGE INTO %s t USING (SELECT slow(int(id)) + 1 AS id FROM range(1)) s ON t.id = s.id "
                            + "WHEN MATCHED THEN UPDATE SET amount = 9",
            "update 1", "UPDATE %s SET amount = 9 WHERE slow(id) = 1",
            "delete 1", "DELETE FROM %s WHERE slow(id) = 1",
            "delete 1 in BE", "DELETE FROM %s WHERE country = 'BE' AND slow(id) = 1");

    /** The statements that run meanwhile. */
    static final Map<String, String> QUICK = Map.of(
            "insert", "INSERT INTO %s VALUES (8, 'BE', 8)",
            "insert into FR", "INSERT INTO %s VALUES (8, 'FR', 8)",
            "delete 2", "DELETE FROM %s WHERE id = 2",
            "optimize", "OPTIMIZE %s",
            "add a column", "ALTER TABLE %s ADD COLUMN note STRING");

    /** The pairs: the statement that starts first and ends last, and the other one. */
    static final List<List<String>> PAIRS = List.of(
            List.of("insert", "insert"),
            List.of("insert", "optimize"),
            List.of("insert", "add a column"),
            List.of("insert from the table", "insert"),
            List.of("insert from the table", "optimize"),
            List.of("merge", "insert"),
            List.of("update 1", "optimize"),
            List.of("delete 1", "delete 2"),
            List.of("delete 1", "insert into FR"),
            List.of("delete 1 in BE", "insert into FR"));

    private static volatile CountDownLatch started = new CountDownLatch(1);
    private static volatile CountDownLatch otherEnded = new CountDownLatch(1);

    static int slow(int id) throws InterruptedException {
        started.countDown();
        otherEnded.await();
        return id;
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        spark.udf().register("slow", (UDF1<Integer, Integer>) TwoWriters::slow, DataTypes.IntegerType);
        TextTable lines = new TextTable("%-21s  %-14s  %-33s  %-9s  %s");
        lines.row("first", "meanwhile", "the first", "the other", "the first again");
        for (List<String> pair : PAIRS) {
            String table = "delta.`" + Scratch.folder("payments-") + "`";
            spark.sql("CREATE TABLE " + table
                    + " (id INT, country STRING, amount INT) USING delta PARTITIONED BY (country)");
            spark.sql("INSERT INTO " + table + " VALUES (1, 'BE', 10), (2, 'BE', 20)");
            spark.sql("INSERT INTO " + table + " VALUES (3, 'BE', 30), (4, 'FR', 40)");
            String slow = SLOW.get(pair.get(0)).formatted(table);
            started = new CountDownLatch(1);
            otherEnded = new CountDownLatch(1);
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> outcome(spark, slow));
            started.await();
            String other = outcome(spark, QUICK.get(pair.get(1)).formatted(table));
            otherEnded.countDown();
            boolean refused = !first.get().equals("succeeds");
            lines.row(pair.get(0), pair.get(1), first.get(), other, refused ? outcome(spark, slow) : "");
        }
    }

    private static String outcome(SparkSession spark, String statement) {
        try {
            spark.sql(statement);
            return "succeeds";
        } catch (Exception e) {
            return SparkErrors.condition(e).replaceAll("\\..*", "");
        }
    }

    public static void main(String[] args) {
        Program.run(new TwoWriters(), args);
    }
}
