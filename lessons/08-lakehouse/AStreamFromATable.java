///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
package lesson08;

import java.util.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.DataStreamReader;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.delta.*;
import workbook.kit.spark.*;

/** Five streams read a table while it changes: what each of them gets of each change. */
@Command(description = "What a stream of a table gets.")
public class AStreamFromATable extends DeltaProgram {

    /** The readers: one without an option, and four with one. */
    static final List<String> OPTIONS =
            List.of("", "ignoreDeletes", "ignoreChanges", "skipChangeCommits", "readChangeFeed");

    private static final String FEED = "delta.enableChangeDataFeed = true";

    /** What happens to the table. */
    static final List<String> CHANGES = List.of(
            "INSERT INTO t VALUES (4, 40), (5, 50)",
            "UPDATE t SET amount = 22 WHERE id = 2",
            "DELETE FROM t WHERE id = 3",
            "DELETE FROM t WHERE id IN (4, 5)",
            "OPTIMIZE t",
            "ALTER TABLE t ADD COLUMN note STRING",
            "INSERT INTO t VALUES (6, 60, 'x')",
            "INSERT OVERWRITE t VALUES (7, 70, 'x')",
            "CREATE OR REPLACE TABLE t USING delta TBLPROPERTIES (" + FEED + ") AS SELECT 8 AS id, 80 AS amount");

    /** The query: the rows of the table, or its changes with a sign. */
    public static Dataset<Row> rows(SparkSession spark, String option) {
        DataStreamReader reader = spark.readStream().format("delta");
        return option.equals("readChangeFeed")
                ? reader.option(option, true)
                        .table("t")
                        .selectExpr(
                                "if(_change_type IN ('insert', 'update_postimage'), '+', '-') || id AS id", "amount")
                : reader.option(option.isEmpty() ? "none" : option, true)
                        .table("t")
                        .select("id", "amount");
    }

    private final Map<String, String> errors = new LinkedHashMap<>();

    @Override
    protected void run(SparkSession spark) throws Exception {
        spark.sql("CREATE TABLE t (id INT, amount INT) USING delta TBLPROPERTIES (" + FEED + ")");
        spark.sql("INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)");
        List<TableReader> readers = new ArrayList<>();
        for (String option : OPTIONS) {
            readers.add(new TableReader(() -> rows(spark, option)));
        }
        TextTable table = new TextTable("  " + "%-17s  ".repeat(4) + "%s");
        table.row("no option", "ignoreDeletes", "ignoreChanges", "skipChangeCommits", "readChangeFeed");
        show(table, "the first batch", readers);
        for (String change : CHANGES) {
            spark.sql(change);
            show(table, change, readers);
        }
        errors.forEach((error, letter) -> System.out.println(letter + " " + error));
        for (TableReader reader : readers) {
            reader.close();
        }
    }

    private void show(TextTable table, String change, List<TableReader> readers) throws Exception {
        System.out.println(change);
        List<String> outcomes = new ArrayList<>();
        for (TableReader reader : readers) {
            outcomes.add(text(reader.next()));
        }
        table.row(outcomes.toArray());
    }

    private String text(TableReader.Outcome next) {
        String output = next.output().isEmpty() ? "–" : next.output();
        if (next.error() == null) {
            return output;
        }
        String stops =
                "stops " + errors.computeIfAbsent(next.error(), error -> "(" + (char) ('a' + errors.size()) + ")");
        return next.goesOn() ? stops + ", then " + output : stops;
    }

    public static void main(String[] args) {
        Program.run(new AStreamFromATable(), args);
    }
}
