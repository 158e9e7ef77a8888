package lesson08;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.timestamp_millis;

import io.delta.tables.DeltaTable;
import java.util.Properties;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link LoadOnlyTheNew} that people really give. */
public final class LoadOnlyTheNewMisconceptions {

    private LoadOnlyTheNewMisconceptions() {}

    @Misconception(
            believed = "Load the whole table and overwrite: then the lake is always right.",
            really =
                    "It is what the database is now. Older versions and removed rows are gone from the lake, and the whole table"
                            + " is read each time, more slowly every month.",
            concept = "Reading a database")
    public static class Overwrites extends LoadOnlyTheNew {
        @Override
        public void load(SparkSession spark, String url, String lake) {
            payments(spark, url).write().format("delta").mode("overwrite").save(lake);
        }
    }

    @Misconception(
            believed = "New is what has a higher mark than the highest one in the lake.",
            really =
                    "Another row of the same millisecond may be committed after the load. It is never higher than the mark, and"
                            + " is lost.",
            concept = "Reading a database")
    public static class LoadsAfterTheMark extends LoadOnlyTheNew {
        @Override
        Column mayBeNew(Dataset<Row> known) {
            Row newest = known.agg(max("changed")).first();
            return newest.isNullAt(0) ? lit(true) : col("changed").gt(newest.getLong(0));
        }
    }

    @Misconception(
            believed = "`>=` instead of `>` loses nothing.",
            really =
                    "It loses no row of the same millisecond, but loads those again that the lake has: each load appends the newest"
                            + " rows of the one before.",
            concept = "Reading a database")
    public static class AppendsTheNewestAgain extends LoadOnlyTheNew {
        @Override
        Column mayBeNew(Dataset<Row> known) {
            Row newest = known.agg(max("changed")).first();
            return newest.isNullAt(0) ? lit(true) : col("changed").geq(newest.getLong(0));
        }

        @Override
        Dataset<Row> unknown(Dataset<Row> payments, Dataset<Row> known) {
            return payments;
        }
    }

    @Misconception(
            believed = "Marks become visible in their order.",
            really =
                    "A mark is taken when the transaction begins, and the row is visible when it ends. A long transaction appears"
                            + " behind the mark, where no load looks again.",
            concept = "Reading a database")
    public static class MissesLateCommits extends LoadOnlyTheNew {
        @Override
        Column mayBeNew(Dataset<Row> known) {
            Row newest = known.agg(max("changed")).first();
            return newest.isNullAt(0) ? lit(true) : col("changed").geq(newest.getLong(0));
        }
    }

    @Misconception(
            believed = "Ten minutes back is `> m - 600000`.",
            really =
                    "A transaction that took exactly ten minutes is excluded. It is a rare one, and nobody will find out.",
            concept = "Reading a database")
    public static class ExcludesTenMinutes extends LoadOnlyTheNew {
        @Override
        Column mayBeNew(Dataset<Row> known) {
            Row newest = known.agg(max("changed")).first();
            return newest.isNullAt(0) ? lit(true) : col("changed").gt(newest.getLong(0) - LONGEST_TRANSACTION);
        }
    }

    @Misconception(
            believed = "Ids grow, so new rows have a higher id than the lake's highest.",
            really = "An update changes a row and keeps its id: no update ever reaches the lake.",
            concept = "Reading a database")
    public static class LoadsHigherIds extends LoadOnlyTheNew {
        @Override
        Column mayBeNew(Dataset<Row> known) {
            Row newest = known.agg(max("id")).first();
            return newest.isNullAt(0) ? lit(true) : col("id").gt(newest.getLong(0));
        }
    }

    @Misconception(
            believed = "A row is known if the lake has its id.",
            really = "The lake has another version of it. An update within the ten minutes is taken for a repetition.",
            concept = "Deduplication")
    public static class KnowsIdsOnly extends LoadOnlyTheNew {
        @Override
        Dataset<Row> unknown(Dataset<Row> payments, Dataset<Row> known) {
            return payments.join(known, payments.col("id").equalTo(known.col("id")), "left_anti");
        }
    }

    @Misconception(
            believed = "Two versions are equal if their id and mark are equal, `=`.",
            really =
                    "null = null is not true. A row without a mark is new in each load, as long as the lake has no mark.",
            concept = "Nulls")
    public static class ComparesNullsByEquals extends LoadOnlyTheNew {
        @Override
        Dataset<Row> unknown(Dataset<Row> payments, Dataset<Row> known) {
            Column isKnown = payments.col("id")
                    .equalTo(known.col("id"))
                    .and(payments.col("changed").equalTo(known.col("changed")));
            return payments.join(known, isKnown, "left_anti");
        }
    }

    @Misconception(
            believed = "The first load is one from the mark 0.",
            really =
                    "Rows without a mark satisfy no comparison. They are missing from the first load, and so from all others.",
            concept = "Nulls")
    public static class BeginsAtZero extends LoadOnlyTheNew {
        @Override
        Dataset<Row> payments(SparkSession spark, String url) {
            return super.payments(spark, url).where(col("changed").geq(0));
        }
    }

    @Misconception(
            believed = "A lake with rows has a highest mark.",
            really =
                    "Not if all of them are without one: the maximum is null, a comparison with it is never true, and nothing is"
                            + " loaded any more.",
            concept = "Nulls")
    public static class NeedsAMark extends LoadOnlyTheNew {
        @Override
        Column mayBeNew(Dataset<Row> known) {
            Long newest = known.agg(max("changed")).first().getAs(0);
            return col("changed").geq(lit(newest).minus(LONGEST_TRANSACTION));
        }
    }

    @Misconception(
            believed = "The mark is the time of the last load.",
            really =
                    "It is the clock of another machine, and the time at which the load ended. What was changed while it ran is"
                            + " before that, and was not read.",
            concept = "Reading a database")
    public static class LoadsSinceTheLastLoad extends LoadOnlyTheNew {
        @Override
        public void load(SparkSession spark, String url, String lake) {
            Dataset<Row> payments = payments(spark, url);
            if (DeltaTable.isDeltaTable(spark, lake)) {
                Row last = DeltaTable.forPath(spark, lake)
                        .history(1)
                        .select("timestamp")
                        .first();
                payments = payments.where(col("changed").gt(last.getInstant(0).toEpochMilli()));
            }
            append(payments, lake);
        }
    }

    @Misconception(
            believed = "lowerBound is the smallest value that is read.",
            really =
                    "lowerBound and upperBound only divide the values among the partitions. All rows are read, those below in the"
                            + " first partition, those above in the last.",
            concept = "Reading a database")
    public static class FiltersByBounds extends LoadOnlyTheNew {
        @Override
        public void load(SparkSession spark, String url, String lake) {
            if (!DeltaTable.isDeltaTable(spark, lake)) {
                super.load(spark, url, lake);
                return;
            }
            Dataset<Row> known = spark.read().format("delta").load(lake);
            Row newest = known.agg(max("changed")).first();
            long begin = newest.isNullAt(0) ? 0 : newest.getLong(0) - LONGEST_TRANSACTION;
            Dataset<Row> payments = spark.read()
                    .option("url", url)
                    .option("dbtable", "PAYMENTS")
                    .option("partitionColumn", "CHANGED")
                    .option("lowerBound", begin)
                    .option("upperBound", begin + 2 * LONGEST_TRANSACTION)
                    .option("numPartitions", 2)
                    .format("jdbc")
                    .load()
                    .select("id", "customer", "amount", "deleted", "changed");
            append(unknown(payments, known.where(mayBeNew(known))), lake);
        }
    }

    @Misconception(
            believed = "Two partitions are read by two predicates: up to a value, and from it on.",
            really = "The rows with that value satisfy both, and are there twice. Each row must satisfy exactly one.",
            concept = "Reading a database")
    public static class ReadsOverlappingPartitions extends LoadOnlyTheNew {
        @Override
        Dataset<Row> payments(SparkSession spark, String url) {
            String[] parts = {"ID <= 3", "ID >= 3"};
            return spark.read()
                    .jdbc(url, "PAYMENTS", parts, new Properties())
                    .select("id", "customer", "amount", "deleted", "changed");
        }
    }

    @Misconception(
            believed = "Spark sends the filter to the database.",
            really =
                    "It sends comparisons of columns with values. A function of a column it computes itself, on all rows, which"
                            + " the database had to return for that.",
            concept = "Reading a database")
    public static class FiltersInSpark extends LoadOnlyTheNew {
        @Override
        Column mayBeNew(Dataset<Row> known) {
            Row newest = known.agg(max("changed")).first();
            return newest.isNullAt(0)
                    ? lit(true)
                    : timestamp_millis(col("changed"))
                            .geq(timestamp_millis(lit(newest.getLong(0) - LONGEST_TRANSACTION)));
        }
    }

    @Misconception(
            believed = "A Dataset is read once, however often it is used.",
            really =
                    "It is a plan. The question whether there is anything new runs the query, and so does the write after it.",
            concept = "Lazy evaluation")
    public static class AsksFirst extends LoadOnlyTheNew {
        @Override
        void append(Dataset<Row> payments, String lake) {
            if (payments.count() > 0) {
                super.append(payments, lake);
            }
        }
    }

    @Misconception(
            believed = "Deleted payments need not be loaded.",
            really =
                    "The lake then keeps the last version before the deletion, and to its readers the payment is valid. A deletion"
                            + " is a change like any other.",
            concept = "Reading a database")
    public static class SkipsDeleted extends LoadOnlyTheNew {
        @Override
        Dataset<Row> payments(SparkSession spark, String url) {
            return super.payments(spark, url).where("deleted IS NULL OR NOT deleted");
        }
    }

    @Misconception(
            believed = "Rows with nulls are broken and are left out.",
            really =
                    "The first layer of a lake contains what was received. What is left out here, no later rule can judge.",
            concept = "Nulls")
    public static class DropsNulls extends LoadOnlyTheNew {
        @Override
        Dataset<Row> payments(SparkSession spark, String url) {
            return super.payments(spark, url).na().drop(new String[] {"customer", "amount"});
        }
    }

    @Misconception(
            believed = "A database that is away is logged, and the next load will do.",
            really = "The scheduler sees a load that was successful. It starts what depends on it, and nobody is told.",
            concept = "Delivery guarantees")
    public static class LogsFailures extends LoadOnlyTheNew {
        @Override
        public void load(SparkSession spark, String url, String lake) {
            try {
                super.load(spark, url, lake);
            } catch (Exception e) { // Spark throws undeclared checked exceptions
                System.out.println("not loaded: " + e.getMessage());
            }
        }
    }

    @Misconception(
            believed = "A large table is loaded page by page, and each page is appended when it is there.",
            really =
                    "The lake's mark rises with the first page. If the second one fails, its older rows are behind the mark, and"
                            + " no load reads them again. A load is one commit.",
            concept = "Reading a database")
    public static class AppendsPages extends LoadOnlyTheNew {
        @Override
        void append(Dataset<Row> payments, String lake) {
            super.append(payments.where("id <= 6"), lake);
            super.append(payments.where("id > 6"), lake);
        }
    }

    @Misconception(
            believed = "The lake has one row for each payment: the newest.",
            really = "That is the next layer. Here the history is wanted, and an update in place destroys it.",
            concept = "Lakehouse")
    public static class KeepsTheNewestOnly extends LoadOnlyTheNew {
        @Override
        void append(Dataset<Row> payments, String lake) {
            SparkSession spark = payments.sparkSession();
            if (!DeltaTable.isDeltaTable(spark, lake)) {
                super.append(payments, lake);
                return;
            }
            DeltaTable.forPath(spark, lake)
                    .as("known")
                    .merge(payments.as("new"), "known.id = new.id")
                    .whenMatched()
                    .updateAll()
                    .whenNotMatched()
                    .insertAll()
                    .execute();
        }
    }

    @Misconception(
            believed = "The lake's rows are those of the Parquet files in its folder.",
            really =
                    "A file belongs to the table if the log says so. A load that was killed left one that no version has: its"
                            + " rows are taken for known, and no load ever adds them.",
            concept = "The transaction log")
    public static class ReadsTheFolder extends LoadOnlyTheNew {
        @Override
        Dataset<Row> unknown(Dataset<Row> payments, Dataset<Row> known) {
            Dataset<Row> files =
                    payments.sparkSession().read().parquet(known.inputFiles()[0].replaceAll("/[^/]*$", ""));
            return super.unknown(payments, files);
        }
    }
}
