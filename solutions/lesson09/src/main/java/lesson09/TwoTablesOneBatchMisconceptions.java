package lesson09;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link TwoTablesOneBatch} that people give. */
public final class TwoTablesOneBatchMisconceptions {

    private TwoTablesOneBatchMisconceptions() {}

    @Misconception(
            believed = "Delta's commits are atomic, and so is the batch.",
            really =
                    "Each commit is. Between two of them, and between the last one and Spark's record that the batch is done,"
                            + " the program can die. Spark passes the batch again, and the append appends again.",
            concept = "Idempotence")
    public static class Appends extends TwoTablesOneBatch {
        @Override
        void append(Dataset<Row> rows, String table, String query, long number) {
            rows.write().format("delta").mode("append").save(table);
        }
    }

    @Misconception(
            believed = "A failure of the alerts must not stop the payments: catch it.",
            really =
                    "Spark records the batch as done and never passes it again. Its alerts are lost, and nobody notices.",
            concept = "Delivery guarantees")
    public static class CatchesTheSecond extends TwoTablesOneBatch {
        @Override
        void appendAlerts(Dataset<Row> batch, Map<String, String> rules, String table, String query, long number) {
            try {
                super.appendAlerts(batch, rules, table, query, number);
            } catch (Exception e) {
                // as believed
            }
        }
    }

    @Misconception(
            believed = "txnAppId names the application: a constant will do.",
            really =
                    "With a new checkpoint the batches are numbered from 0 again. The table knows 0 of this application, and"
                            + " skips new rows without an error.",
            concept = "Idempotence")
    public static class HasOneAppId extends TwoTablesOneBatch {
        @Override
        void append(Dataset<Row> rows, String table, String query, long number) {
            super.append(rows, table, "payments-to-lake", number);
        }
    }

    @Misconception(
            believed = "One write for each rule, each with the id and the number of the batch.",
            really =
                    "To the table, the second write is the first one again: it skips the alerts of the second rule. Write all"
                            + " in one, or let each writer have an id of its own.",
            concept = "Idempotence")
    public static class WritesEachRule extends TwoTablesOneBatch {
        @Override
        void appendAlerts(Dataset<Row> batch, Map<String, String> rules, String table, String query, long number) {
            rules.forEach((rule, condition) -> append(alerts(batch, rule, condition), table, query, number));
        }
    }

    @Misconception(
            believed = "The two tables are independent, so their order does not matter.",
            really =
                    "A program that dies between the two leaves alerts without payments. A join of the two finds no payment for"
                            + " them.",
            concept = "Delivery guarantees")
    public static class WritesTheAlertsFirst extends TwoTablesOneBatch {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder, String query, Map<String, String> rules) {
            return (batch, number) -> {
                appendAlerts(batch, rules, folder + "/alerts", query, number);
                append(batch, folder + "/payments", query, number);
            };
        }
    }

    @Misconception(
            believed = "If the payments of the batch are there, the batch is done.",
            really =
                    "They are there before the alerts. The program that died in between is not repeated, and the alerts are"
                            + " lost.",
            concept = "Idempotence")
    public static class AsksThePayments extends TwoTablesOneBatch {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder, String query, Map<String, String> rules) {
            return (batch, number) -> {
                if (!isIn(folder + "/payments", batch, query + " " + number)) {
                    super.sink(folder, query, rules).call(batch, number);
                }
            };
        }

        static boolean isIn(String table, Dataset<Row> batch, String id) {
            return DeltaTable.isDeltaTable(batch.sparkSession(), table)
                    && !DeltaTable.forPath(batch.sparkSession(), table)
                            .toDF()
                            .where(col("batch").equalTo(id))
                            .isEmpty();
        }

        @Override
        void append(Dataset<Row> rows, String table, String query, long number) {
            super.append(rows.withColumn("batch", lit(query + " " + number)), table, query, number);
        }
    }

    @Misconception(
            believed = "A random id makes each write unique.",
            really =
                    "That is the opposite of what the table needs: it must recognize the second write as a repetition. A"
                            + " new process draws another id, and its rows are added again.",
            concept = "Idempotence")
    public static class DrawsAnId extends TwoTablesOneBatch {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder, String query, Map<String, String> rules) {
            return super.sink(folder, UUID.randomUUID().toString(), rules);
        }
    }

    @Misconception(
            believed = "A batch that is passed again has rows that are there: insert only those that are not.",
            really = "Two equal payments are two. The second one, in the same batch or in a later one, is taken for a"
                    + " repetition.",
            concept = "Idempotence")
    public static class InsertsNewRows extends TwoTablesOneBatch {
        @Override
        void append(Dataset<Row> rows, String table, String query, long number) {
            Dataset<Row> fresh = rows.dropDuplicates();
            if (DeltaTable.isDeltaTable(rows.sparkSession(), table)) {
                fresh = fresh.except(rows.sparkSession().read().format("delta").load(table));
            }
            super.append(fresh, table, query, number);
        }
    }

    @Misconception(
            believed = "Replace the rows of the batch by its number: replaceWhere.",
            really =
                    "The number is the query's. Batch 0 of another query replaces the rows of the first one, which are lost.",
            concept = "Idempotence")
    public static class ReplacesByNumber extends TwoTablesOneBatch {
        @Override
        void append(Dataset<Row> rows, String table, String query, long number) {
            rows.withColumn("batch", lit(number))
                    .write()
                    .format("delta")
                    .mode("overwrite")
                    .option("replaceWhere", "batch = " + number)
                    .save(table);
        }
    }

    @Misconception(
            believed = "What is not false is true: without an amount, better raise an alert.",
            really =
                    "A comparison with null is null, neither true nor false. The task asks for conditions that are true; `NOT"
                            + " (amount <= 1000)` would not find it either.",
            concept = "Malformed records")
    public static class TakesNullForTrue extends TwoTablesOneBatch {
        @Override
        Dataset<Row> alerts(Dataset<Row> batch, String rule, String condition) {
            return super.alerts(batch, rule, "coalesce(" + condition + ", true)");
        }
    }

    @Misconception(
            believed = "An alert is about a payment: one row, with the first rule that it breaks.",
            really =
                    "A payment that breaks two rules is two alerts. The rule that nobody reads about is never adjusted.",
            concept = "Deduplication")
    public static class RaisesTheFirst extends TwoTablesOneBatch {
        @Override
        Dataset<Row> alerts(Dataset<Row> batch, Map<String, String> rules) {
            return super.alerts(batch, rules).dropDuplicates("id", "amount");
        }
    }
}
