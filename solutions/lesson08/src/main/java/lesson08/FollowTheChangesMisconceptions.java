package lesson08;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.delta.tables.DeltaTable;
import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.check.diagnose.Misconception;

/** Wrong answers that people really give to {@link FollowTheChanges}. */
class FollowTheChangesMisconceptions {

    private static final String FEED = "readChangeFeed";

    @Misconception(
            believed = "A stream of a Delta table has its changes: each new row is an insert.",
            really =
                    "It has the files that commits add. An update or a delete rewrites a file with rows that were there"
                            + " before, and the query stops with DELTA_SOURCE_TABLE_IGNORE_CHANGES.",
            concept = "Change data feed")
    public static class ReadsTheTableAsAStream extends FollowTheChanges {
        @Override
        public Dataset<Row> changes(SparkSession spark, String payments) {
            return inserts(spark, payments, "ignoreDeletes");
        }
    }

    @Misconception(
            believed = "ignoreChanges ignores updates and deletes, so the stream has the inserts.",
            really = "It ignores the error. An update rewrites a file, and the whole new file comes as new rows: the"
                    + " changed row and all that were next to it.",
            concept = "Change data feed")
    public static class IgnoresChanges extends FollowTheChanges {
        @Override
        public Dataset<Row> changes(SparkSession spark, String payments) {
            return inserts(spark, payments, "ignoreChanges");
        }
    }

    @Misconception(
            believed = "skipChangeCommits skips what has not changed.",
            really = "It skips every commit that updates or deletes. The corrections never arrive.",
            concept = "Change data feed")
    public static class SkipsChangeCommits extends FollowTheChanges {
        @Override
        public Dataset<Row> changes(SparkSession spark, String payments) {
            return inserts(spark, payments, "skipChangeCommits");
        }
    }

    @Misconception(
            believed = "To have all changes, start at version 0.",
            really =
                    "The feed exists since the property was set. Before that no changes were recorded, and the query fails"
                            + " with DELTA_MISSING_CHANGE_DATA. Without a starting version the feed begins with the rows of the"
                            + " table as it is.",
            concept = "Change data feed")
    public static class StartsAtVersion0 extends FollowTheChanges {
        @Override
        public Dataset<Row> changes(SparkSession spark, String payments) {
            return spark.readStream()
                    .format("delta")
                    .option(FEED, true)
                    .option("startingVersion", 0)
                    .load(payments);
        }
    }

    @Misconception(
            believed = "A change feed begins with the next change.",
            really =
                    "With startingVersion latest it does, and the payments that are in the table are missing in every sum."
                            + " Without it, the first batch has them as inserts.",
            concept = "Change data feed")
    public static class StartsAtTheLatest extends FollowTheChanges {
        @Override
        public Dataset<Row> changes(SparkSession spark, String payments) {
            return spark.readStream()
                    .format("delta")
                    .option(FEED, true)
                    .option("startingVersion", "latest")
                    .load(payments);
        }
    }

    @Misconception(
            believed = "The sums of the batch are the new values of their rows.",
            really = "They are what this batch adds. The payments of all batches before are lost.",
            concept = "Change data feed")
    public static class ReplacesTheSums extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            return (batch, number) -> table(batch, revenue)
                    .as("known")
                    .merge(differences(batch, sign(), number).as("new"), "known.terminal <=> new.terminal")
                    .whenMatched("known.batch < new.batch")
                    .updateAll()
                    .whenNotMatched()
                    .insertAll()
                    .execute();
        }
    }

    @Misconception(
            believed = "Append the sums of each batch; who reads the table adds them up.",
            really =
                    "Then it is not the table that was asked for: a terminal has one row per batch, and every reader has"
                            + " to know that.",
            concept = "Upserts")
    public static class AppendsTheSums extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            return (batch, number) -> differences(batch, sign(), number)
                    .write()
                    .format("delta")
                    .mode("append")
                    .save(revenue);
        }
    }

    @Misconception(
            believed = "An update comes as the new row. The row before it is for logs.",
            really = "The new row is counted in addition to the old one, which was counted when it came. Only the row"
                    + " before the update says what has to be taken away.",
            concept = "Change data feed")
    public static class AddsOnlyPostimages extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            return onlyRows(super.sink(revenue), "_change_type <> 'update_preimage'");
        }
    }

    @Misconception(
            believed = "An update changes the amount of a payment, not the number of payments.",
            really =
                    "It may change the terminal. The payment then leaves one sum and enters another, as the row before and"
                            + " the row after say.",
            concept = "Change data feed")
    public static class UpdatesCountNoPayments extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            Column count = when(col("_change_type").equalTo("insert"), 1)
                    .when(col("_change_type").equalTo("delete"), -1)
                    .otherwise(0);
            return (batch, number) -> add(differences(batch, count, sign(), number), revenue);
        }
    }

    @Misconception(
            believed = "Rows before and after an update cancel out; inserts and deletes are what counts.",
            really = "They cancel out where nothing has changed. Everything else that an update does is in their"
                    + " difference.",
            concept = "Change data feed")
    public static class LeavesUpdatesOut extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            return onlyRows(super.sink(revenue), "_change_type IN ('insert', 'delete')");
        }
    }

    @Misconception(
            believed = "Payments are never deleted.",
            really =
                    "They are: by a correction, by a customer's right to be forgotten, by a MERGE. A row of the feed that"
                            + " is left out stays in the sum forever.",
            concept = "Change data feed")
    public static class LeavesDeletesOut extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            return onlyRows(super.sink(revenue), "_change_type <> 'delete'");
        }
    }

    @Misconception(
            believed = "A terminal without payments has the sum 0, so its row is right.",
            really = "GROUP BY over the payments has no such row. Two tables that should be equal then differ, and the"
                    + " number of terminals with payments is wrong. MERGE can delete what has become empty.",
            concept = "Change data feed")
    public static class KeepsEmptyTerminals extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            return (batch, number) -> table(batch, revenue)
                    .as("known")
                    .merge(differences(batch, sign(), number).as("new"), "known.terminal <=> new.terminal")
                    .whenMatched("known.batch < new.batch")
                    .updateExpr(SUMS)
                    .whenNotMatched("new.payments > 0")
                    .insertAll()
                    .execute();
        }
    }

    @Misconception(
            believed = "A sum ignores null, so null amounts need no care.",
            really = "It does, unless all amounts are null: then the sum is null. And a null plus anything is null, for"
                    + " this terminal and for all batches to come.",
            concept = "Nulls")
    public static class SumsNull extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            return (batch, number) -> add(
                    batch.groupBy("terminal")
                            .agg(
                                    sum(sign()).as("payments"),
                                    sum(col("amount").multiply(sign()))
                                            .cast("DECIMAL(20,2)")
                                            .as("revenue"))
                            .withColumn("batch", lit(number)),
                    revenue);
        }
    }

    @Misconception(
            believed = "MERGE finds the row of each terminal with =.",
            really =
                    "Not the row of null, which equals nothing: each batch inserts another row for the payments without a"
                            + " terminal. <=> finds it.",
            concept = "Upserts")
    public static class ComparesWithEquals extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            return (batch, number) -> add(differences(batch, sign(), number), revenue, "known.terminal = new.terminal");
        }
    }

    @Misconception(
            believed = "Of several changes of a payment in a batch only one counts.",
            really = "Each of them takes away and adds. If one row per payment is left, what it takes away and what was"
                    + " added before no longer match.",
            concept = "Change data feed")
    public static class OneChangePerPayment extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            VoidFunction2<Dataset<Row>, Long> sink = super.sink(revenue);
            return (batch, number) -> sink.call(batch.dropDuplicates("id", "_change_type"), number);
        }
    }

    @Misconception(
            believed = "Spark passes each batch once; adding is safe.",
            really =
                    "It passes a batch again if the query ended before the batch was committed to the checkpoint, even if"
                            + " the table was written. Everything in it is then added twice.",
            concept = "Idempotence")
    public static class AddsTwice extends FollowTheChanges {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
            VoidFunction2<Dataset<Row>, Long> sink = super.sink(revenue);
            return (batch, number) -> sink.call(batch, System.nanoTime()); // a number that the table does not know
        }
    }

    private static final Map<String, String> SUMS = Map.of(
            "payments", "known.payments + new.payments",
            "revenue", "known.revenue + new.revenue",
            "batch", "new.batch");

    private static Dataset<Row> inserts(SparkSession spark, String payments, String option) {
        return spark.readStream()
                .format("delta")
                .option(option, true)
                .load(payments)
                .withColumn("_change_type", lit("insert"));
    }

    private static VoidFunction2<Dataset<Row>, Long> onlyRows(
            VoidFunction2<Dataset<Row>, Long> sink, String condition) {
        return (batch, number) -> sink.call(batch.where(condition), number);
    }

    private static Column sign() {
        return when(col("_change_type").isin("insert", "update_postimage"), 1).otherwise(-1);
    }

    private static Dataset<Row> differences(Dataset<Row> changes, Column sign, long number) {
        return differences(changes, sign, sign, number);
    }

    private static Dataset<Row> differences(Dataset<Row> changes, Column count, Column sign, long number) {
        return changes.groupBy("terminal")
                .agg(
                        sum(count).as("payments"),
                        sum(coalesce(col("amount"), lit(0)).multiply(sign))
                                .cast("DECIMAL(20,2)")
                                .as("revenue"))
                .withColumn("batch", lit(number));
    }

    private static DeltaTable table(Dataset<Row> batch, String revenue) {
        return DeltaTable.createIfNotExists(batch.sparkSession())
                .location(revenue)
                .addColumn("terminal", "INT")
                .addColumn("payments", "BIGINT")
                .addColumn("revenue", "DECIMAL(20,2)")
                .addColumn("batch", "BIGINT")
                .execute();
    }

    private static void add(Dataset<Row> differences, String revenue) {
        add(differences, revenue, "known.terminal <=> new.terminal");
    }

    private static void add(Dataset<Row> differences, String revenue, String condition) {
        table(differences, revenue)
                .as("known")
                .merge(differences.as("new"), condition)
                .whenMatched("known.batch < new.batch AND known.payments + new.payments = 0")
                .delete()
                .whenMatched("known.batch < new.batch")
                .updateExpr(SUMS)
                .whenNotMatched("new.payments > 0")
                .insertAll()
                .execute();
    }
}
