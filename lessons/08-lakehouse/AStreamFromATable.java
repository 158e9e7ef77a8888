///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
package lesson08;

import java.util.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
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
        List<Reader> readers = new ArrayList<>();
        for (String option : OPTIONS) {
            readers.add(new Reader(spark, option));
        }
        TextTable table = new TextTable("  " + "%-17s  ".repeat(4) + "%s");
        table.row("no option", "ignoreDeletes", "ignoreChanges", "skipChangeCommits", "readChangeFeed");
        show(table, "the first batch", readers);
        for (String change : CHANGES) {
            spark.sql(change);
            show(table, change, readers);
        }
        errors.forEach((error, letter) -> System.out.println(letter + " " + error));
        for (Reader reader : readers) {
            reader.query.close();
        }
    }

    private static void show(TextTable table, String change, List<Reader> readers) throws Exception {
        System.out.println(change);
        List<String> outputs = new ArrayList<>();
        for (Reader reader : readers) {
            outputs.add(reader.next());
        }
        table.row(outputs.toArray());
    }

    /** A stream of the table. If it stops, it starts again: with its checkpoint, or else with a new one. */
    private final class Reader {

        private final SparkSession spark;
        private final String option;
        private String checkpoint;
        private CollectedQuery<Row> query;

        Reader(SparkSession spark, String option) throws Exception {
            this.spark = spark;
            this.option = option;
            startWithNewCheckpoint();
        }

        private void startWithNewCheckpoint() throws Exception {
            checkpoint = Scratch.folder("checkpoint-").toString();
            query = CollectedQuery.start(rows(spark, option), "append", checkpoint);
        }

        /** The rows that it gets now, or why it stops. */
        String next() throws Exception {
            try {
                return output();
            } catch (StreamingQueryException e) {
                String stops = "stops "
                        + errors.computeIfAbsent(
                                SparkErrors.condition(e), error -> "(" + (char) ('a' + errors.size()) + ")");
                try {
                    query = CollectedQuery.start(rows(spark, option), "append", checkpoint);
                    return stops + ", then " + output();
                } catch (StreamingQueryException again) {
                    startWithNewCheckpoint();
                    output();
                    return stops;
                }
            }
        }

        private String output() throws StreamingQueryException {
            List<CollectedBatch<Row>> batches = query.processAllAvailable();
            String rows = batches.isEmpty() ? "" : CollectedBatches.of(batches).output();
            return rows.isEmpty() ? "–" : rows;
        }
    }

    public static void main(String[] args) {
        Program.run(new AStreamFromATable(), args);
    }
}
