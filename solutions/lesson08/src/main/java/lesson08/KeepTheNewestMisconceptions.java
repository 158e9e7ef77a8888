package lesson08;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers that people really give to {@link KeepTheNewest}. */
class KeepTheNewestMisconceptions {

    private static final String IS_NEWER = "known.version < new.version";

    @Misconception(
            believed = "Append every version; whoever reads the table takes the newest.",
            really = "Then the table has several rows of a customer, and every reader has to know it. Each join with it"
                    + " multiplies rows, and each read sorts all versions again. The write is the place to decide.",
            concept = "Upserts")
    public static class AppendsEachVersion extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) ->
                    newest(batch).write().format("delta").mode("append").save(folder);
        }
    }

    @Misconception(
            believed = "The batch is the table as it is now: customers who are not in it are deleted.",
            really =
                    "The source sends what has changed. A customer without a new version is not in the batch, and is as"
                            + " valid as before.",
            concept = "Upserts")
    public static class DeletesWhoIsNotInTheBatch extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    newest(batch),
                    folder,
                    merge -> merge.whenMatched(IS_NEWER)
                            .updateAll()
                            .whenNotMatched()
                            .insertAll()
                            .whenNotMatchedBySource()
                            .delete());
        }
    }

    @Misconception(
            believed = "What comes later is newer, so the newest row of the batch replaces that of the table.",
            really = "A message that was held up comes late, and is older than what the table has. The order of arrival"
                    + " says nothing: compare with the version in the table.",
            concept = "Upserts")
    public static class LastToArriveWins extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    newest(batch),
                    folder,
                    merge -> merge.whenMatched().updateAll().whenNotMatched().insertAll());
        }
    }

    @Misconception(
            believed = "The time says which row is newer.",
            really = "It is read from a clock, and clocks differ and are set back. Two versions may even have the same"
                    + " time. The number that the source counts itself has neither problem.",
            concept = "Upserts")
    public static class TheTimeDecides extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    newest(batch),
                    folder,
                    merge -> merge.whenMatched("known.time < new.time")
                            .updateAll()
                            .whenNotMatched()
                            .insertAll());
        }
    }

    @Misconception(
            believed = "MERGE takes one row after the other, and its condition keeps the newest.",
            really =
                    "MERGE joins the whole batch with the table as it was before. Two rows for one row of the table are"
                            + " refused, even if the condition leaves one of them; two rows of a new customer are both inserted.",
            concept = "Upserts")
    public static class MergesEachRow extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    withKeys(batch),
                    folder,
                    merge -> merge.whenMatched(IS_NEWER)
                            .updateAll()
                            .whenNotMatched()
                            .insertAll());
        }
    }

    @Misconception(
            believed = "dropDuplicates(\"customer\") leaves the newest row.",
            really =
                    "It leaves any row, mostly the first that the task reads. Which row is the newest has to be said: by"
                            + " max_by, or by a window ordered by the version.",
            concept = "Upserts")
    public static class DropsDuplicates extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsertNewer(withKeys(batch).dropDuplicates("customer"), folder);
        }
    }

    @Misconception(
            believed = "The newest row has the largest value of each column.",
            really =
                    "Each maximum comes from a row of its own. Together they are a customer who never existed: the version"
                            + " of one row and the country of another.",
            concept = "Upserts")
    public static class LargestOfEachColumn extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsertNewer(
                    withKeys(batch)
                            .groupBy("customer")
                            .agg(
                                    max("version").as("version"),
                                    max("time").as("time"),
                                    max("country").as("country"),
                                    max("gone").as("gone")),
                    folder);
        }
    }

    @Misconception(
            believed = "A customer who left is deleted from the table.",
            really =
                    "With the row goes the version. An older row that comes afterwards finds nothing to be compared with,"
                            + " is inserted, and the customer is back. A deletion is kept as a row, a tombstone, at least as long"
                            + " as older rows may come.",
            concept = "Soft deletes")
    public static class DeletesTheRow extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    newest(batch),
                    folder,
                    merge -> merge.whenMatched(IS_NEWER + " AND new.gone")
                            .delete()
                            .whenMatched(IS_NEWER)
                            .updateAll()
                            .whenNotMatched()
                            .insertAll());
        }
    }

    @Misconception(
            believed =
                    "If a customer is not in the table, there is nothing to delete, and its tombstone is not needed.",
            really =
                    "The tombstone came before the rows that it ends. If it is not kept, they are inserted when they come,"
                            + " and nothing deletes them again.",
            concept = "Soft deletes")
    public static class InsertsNoTombstone extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    newest(batch),
                    folder,
                    merge -> merge.whenMatched(IS_NEWER)
                            .updateAll()
                            .whenNotMatched("NOT coalesce(new.gone, false)")
                            .insertAll());
        }
    }

    @Misconception(
            believed = "Rows of customers who left are not needed: filter them out before the merge.",
            really = "Then nobody tells the table. The customer stays in it as of the version before.",
            concept = "Soft deletes")
    public static class IgnoresTombstones extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsertNewer(newest(batch).where("NOT coalesce(gone, false)"), folder);
        }
    }

    @Misconception(
            believed = "For a customer who left it is enough to set gone in the table.",
            really =
                    "The row then says gone with the old version. An older row with a version in between replaces it, and"
                            + " the customer is back. Version and gone belong together.",
            concept = "Soft deletes")
    public static class SetsGoneOnly extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    newest(batch),
                    folder,
                    merge -> merge.whenMatched(IS_NEWER + " AND new.gone")
                            .updateExpr(Map.of("gone", "true"))
                            .whenMatched(IS_NEWER)
                            .updateAll()
                            .whenNotMatched()
                            .insertAll());
        }
    }

    @Misconception(
            believed = "A customer who left is gone for good.",
            really =
                    "A tombstone ends the versions before it, not those after it. A customer who comes back has a higher"
                            + " version, and it counts.",
            concept = "Soft deletes")
    public static class GoneForGood extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    newest(batch),
                    folder,
                    merge -> merge.whenMatched(IS_NEWER + " AND NOT coalesce(known.gone, false)")
                            .updateAll()
                            .whenNotMatched()
                            .insertAll());
        }
    }

    @Misconception(
            believed = "Each row has a customer and a version; the source sees to that.",
            really =
                    "One row without them is enough: null equals nothing, so MERGE finds no row for it and inserts it, in"
                            + " every batch another one.",
            concept = "Upserts")
    public static class ExpectsKeys extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsertNewer(newest(batch, col("customer")), folder);
        }
    }

    @Misconception(
            believed = "<=> compares nulls as well, so rows without a customer are treated like all others.",
            really =
                    "They become one customer, which nobody is: rows that belong to different people replace each other."
                            + " A row without a key cannot be merged.",
            concept = "Upserts")
    public static class NullIsACustomer extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    newest(batch.na().drop(new String[] {"version"}), col("customer")),
                    folder,
                    "known.customer <=> new.customer",
                    KeepTheNewestMisconceptions::ifNewer);
        }
    }

    @Misconception(
            believed = "A null means that the column has not changed: keep the old value.",
            really = "Here each row is the whole customer, and null is its value: the country is no longer known. If a"
                    + " source sends changed columns only, it needs another sign for that.",
            concept = "Upserts")
    public static class NullMeansUnchanged extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> upsert(
                    newest(batch),
                    folder,
                    merge -> merge.whenMatched(IS_NEWER)
                            .updateExpr(Map.of(
                                    "version", "new.version",
                                    "time", "coalesce(new.time, known.time)",
                                    "country", "coalesce(new.country, known.country)",
                                    "gone", "coalesce(new.gone, known.gone)"))
                            .whenNotMatched()
                            .insertAll());
        }
    }

    @Misconception(
            believed = "Keep the highest version of each customer in a map, and pass on only rows that are newer.",
            really =
                    "The map is gone with the process; the next one starts with an empty map and lets older rows pass. What"
                            + " the table knows, the table has to be asked.",
            concept = "Upserts")
    public static class RemembersInMemory extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            Map<Integer, Long> versions = new HashMap<>();
            return (batch, number) -> {
                List<Row> newer = newest(batch).collectAsList().stream()
                        .filter(row -> row.getLong(1) > versions.getOrDefault(row.getInt(0), Long.MIN_VALUE))
                        .toList();
                newer.forEach(row -> versions.put(row.getInt(0), row.getLong(1)));
                upsert(
                        batch.sparkSession().createDataFrame(newer, batch.schema()),
                        folder,
                        merge ->
                                merge.whenMatched().updateAll().whenNotMatched().insertAll());
            };
        }
    }

    @Misconception(
            believed = "txnVersion makes the merge idempotent: Delta skips a batch number that it has seen.",
            really =
                    "It skips the number, whatever the rows are. A query with a new checkpoint counts from 0 again, and its"
                            + " rows are lost without an error. A merge that compares versions needs no numbers.",
            concept = "Idempotence")
    public static class SkipsKnownBatchNumbers extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            VoidFunction2<Dataset<Row>, Long> sink = super.sink(folder);
            return (batch, number) -> {
                batch.sparkSession().conf().set("spark.databricks.delta.write.txnAppId", "keep-the-newest");
                batch.sparkSession().conf().set("spark.databricks.delta.write.txnVersion", number.toString());
                sink.call(batch, number);
            };
        }
    }

    @Misconception(
            believed = "Delete the old rows, then append the new ones: the result is the same as that of a MERGE.",
            really = "It is, if nothing fails and nobody looks. These are two commits: between them the customers are"
                    + " missing, for readers, and for good if the process ends there.",
            concept = "Table versions")
    public static class DeletesThenAppends extends KeepTheNewest {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> {
                Dataset<Row> newer = newest(batch);
                if (DeltaTable.isDeltaTable(batch.sparkSession(), folder)) {
                    DeltaTable table = DeltaTable.forPath(batch.sparkSession(), folder);
                    newer = newer.as("new")
                            .join(
                                    table.toDF().as("known"),
                                    col("known.customer")
                                            .equalTo(col("new.customer"))
                                            .and(col("known.version").geq(col("new.version"))),
                                    "left_anti")
                            .localCheckpoint();
                    Object[] customers = newer.select("customer").collectAsList().stream()
                            .map(row -> row.get(0))
                            .toArray();
                    table.delete(col("customer").isin(customers));
                }
                newer.write().format("delta").mode("append").save(folder);
            };
        }
    }

    private static Dataset<Row> withKeys(Dataset<Row> batch) {
        return batch.na().drop(new String[] {"customer", "version"});
    }

    private static Dataset<Row> newest(Dataset<Row> batch) {
        return newest(withKeys(batch), col("customer"));
    }

    private static Dataset<Row> newest(Dataset<Row> rows, Column key) {
        return rows.groupBy(key)
                .agg(max_by(struct("*"), col("version")).as("newest"))
                .select("newest.*");
    }

    private static void upsertNewer(Dataset<Row> rows, String folder) {
        upsert(rows, folder, KeepTheNewestMisconceptions::ifNewer);
    }

    private static DeltaMergeBuilder ifNewer(DeltaMergeBuilder merge) {
        return merge.whenMatched(IS_NEWER).updateAll().whenNotMatched().insertAll();
    }

    private static void upsert(Dataset<Row> rows, String folder, UnaryOperator<DeltaMergeBuilder> clauses) {
        upsert(rows, folder, "known.customer = new.customer", clauses);
    }

    private static void upsert(
            Dataset<Row> rows, String folder, String condition, UnaryOperator<DeltaMergeBuilder> clauses) {
        DeltaTable table = DeltaTable.createIfNotExists(rows.sparkSession())
                .location(folder)
                .addColumns(rows.schema())
                .execute();
        clauses.apply(table.as("known").merge(rows.as("new"), condition)).execute();
    }
}
