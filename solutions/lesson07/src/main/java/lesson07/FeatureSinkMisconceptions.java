package lesson07;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.nanvl;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.BiPredicate;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link FeatureSink} that people really give. */
public final class FeatureSinkMisconceptions {

    private FeatureSinkMisconceptions() {}

    @Misconception(
            believed = "The row that arrives last is the newest.",
            really = "Rows arrive in another order than that of their payments: from several partitions, late, or again"
                    + " after a failure. Newest is a matter of event time.",
            concept = "Online stores")
    public static class TheLastToArriveWins extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(batch.na().drop(new String[] {"key", "time", "id"}))
                    .forEach(row -> store.put(row.getString(0), entry(row)));
        }
    }

    @Misconception(
            believed = "groupBy and max of each column gives the newest row of a key.",
            really =
                    "It gives the largest value of each column, from different rows: a payment that never was, with the"
                            + " time of one, the id of another and the features of a third. max_by keeps a row together.",
            concept = "Online stores")
    public static class TheMaximumOfEachColumn extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(batch.na()
                            .drop(new String[] {"key", "time", "id"})
                            .groupBy("key")
                            .agg(max("time"), max("id"), max("features")))
                    .forEach(row -> write(store, row, FeatureSink::isNewer));
        }
    }

    @Misconception(
            believed = "Each batch is newer than the batches before: write its newest row of each key.",
            really =
                    "A late payment comes in a later batch, and its features are older than those in the store. Compare"
                            + " with the store, too.",
            concept = "Online stores")
    public static class TheNewestOfTheBatch extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(newest(batch)).forEach(row -> store.put(row.getString(0), entry(row)));
        }
    }

    @Misconception(
            believed = "Read the entry, compare, write: an older row never replaces a newer one.",
            really = "Between reading and writing another process may write. Its newer entry is then overwritten by a"
                    + " row that was compared with an older one: a lost update. Write on the condition that the entry is"
                    + " still the one that was compared.",
            concept = "Online stores")
    public static class ReadsComparesAndWrites extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(newest(batch)).forEach(row -> {
                if (isNewer(entry(row), store.get(row.getString(0)).orElse(null))) {
                    store.put(row.getString(0), entry(row));
                }
            });
        }
    }

    @Misconception(
            believed = "If replace returns false, somebody has written the key, so it is up to date.",
            really = "Somebody has written it, but perhaps an older entry than this one. Read it, and decide again.",
            concept = "Online stores")
    public static class GivesUpWhenOthersComeFirst extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(newest(batch)).forEach(row -> {
                Entry known = store.get(row.getString(0)).orElse(null);
                if (isNewer(entry(row), known)) {
                    store.replace(row.getString(0), known, entry(row));
                }
            });
        }
    }

    @Misconception(
            believed = "If replace returns false, try once more: two processes do not meet twice.",
            really =
                    "They meet twice on a busy key, and the row is lost. A conditional write is a loop, which ends when it"
                            + " has written or when there is nothing newer to write.",
            concept = "Online stores")
    public static class TriesTwice extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(newest(batch)).forEach(row -> {
                for (int i = 0; i < 2; i++) {
                    Entry known = store.get(row.getString(0)).orElse(null);
                    if (!isNewer(entry(row), known) || store.replace(row.getString(0), known, entry(row))) {
                        return;
                    }
                }
            });
        }
    }

    @Misconception(
            believed = "Two payments of a customer never have the same time, so the time decides.",
            really = "They do, and then the order of arrival decides, which differs when a batch is repeated. A second"
                    + " criterion, the id, makes the result the same each time.",
            concept = "Online stores")
    public static class TheTimeAloneDecides extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(newest(batch))
                    .forEach(row -> write(
                            store,
                            row,
                            (entry, known) -> known == null || !entry.time().isBefore(known.time())));
        }
    }

    @Misconception(
            believed = "The highest id is the newest payment.",
            really = "Ids are given by the sender, and a late payment may have any. The time decides, and the id only"
                    + " between equal times.",
            concept = "Event time")
    public static class TheIdAloneDecides extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(batch.na()
                            .drop(new String[] {"key", "time", "id"})
                            .groupBy("key")
                            .agg(max_by(struct("time", "id", "features"), col("id"))
                                    .as("newest"))
                            .select(col("key"), col("newest.*")))
                    .forEach(row -> write(store, row, (entry, known) -> known == null || entry.id() > known.id()));
        }
    }

    @Misconception(
            believed = "Milliseconds are enough to compare times.",
            really = "Spark's timestamps have microseconds. Two payments of the same millisecond then count as equally"
                    + " old, and the id decides against the time.",
            concept = "Event time")
    public static class ComparesMilliseconds extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(newest(batch))
                    .forEach(row -> write(store, row, (entry, known) -> {
                        if (known == null
                                || entry.time().toEpochMilli() != known.time().toEpochMilli()) {
                            return isNewer(entry, known);
                        }
                        return entry.id() > known.id();
                    }));
        }
    }

    @Misconception(
            believed = "Write every row with its condition: the store keeps the newest anyway.",
            really =
                    "It does, after one write for each row of a busy key. A store answers some thousand writes a second;"
                            + " only the newest row of a key in a batch is worth one.",
            concept = "Online stores")
    public static class WritesEachRow extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(batch.na()
                            .drop(new String[] {"key", "time", "id"})
                            .orderBy("time", "id"))
                    .forEach(row -> write(store, row, FeatureSink::isNewer));
        }
    }

    @Misconception(
            believed = "Writing the same entry again does no harm.",
            really = "It leaves the same content, and costs a write for every repeated row. What is stored need not be"
                    + " written: newer is strictly newer.",
            concept = "Idempotence")
    public static class WritesEqualEntriesAgain extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(newest(batch)).forEach(row -> {
                Entry entry = entry(row);
                Entry known = store.get(row.getString(0)).orElse(null);
                while ((isNewer(entry, known) || entry.equals(known))
                        && !store.replace(row.getString(0), known, entry)) {
                    known = store.get(row.getString(0)).orElse(null);
                }
            });
        }
    }

    @Misconception(
            believed = "A row without features has nothing to store.",
            really = "It says that the features of before no longer hold. If it is left out, the store keeps them, and"
                    + " the model scores with a mean of last month.",
            concept = "Features and drift")
    public static class LeavesNoFeaturesOut extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            VoidFunction2<Dataset<Row>, Long> sink = super.sink(store);
            return (batch, number) -> sink.call(batch.where("features is not null"), number);
        }
    }

    @Misconception(
            believed = "A mean of nothing is zero.",
            really = "A mean of zero is that of a customer whose payments are zero. The model was trained on the"
                    + " difference. What is unknown stays unknown.",
            concept = "Nulls")
    public static class FillsWithZeros extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            VoidFunction2<Dataset<Row>, Long> sink = super.sink(store);
            return (batch, number) -> sink.call(
                    batch.withColumn(
                            "features",
                            when(
                                    col("features").isNotNull(),
                                    struct(
                                            coalesce(col("features.count"), lit(0))
                                                    .as("count"),
                                            nanvl(coalesce(col("features.mean"), lit(0.0)), lit(0.0))
                                                    .as("mean")))),
                    number);
        }
    }

    @Misconception(
            believed = "Key, time and id are always there: the sender sends them.",
            really =
                    "One row without them is enough: getLong on a null throws, the query ends, and fails at the same row"
                            + " after every restart.",
            concept = "Malformed records")
    public static class ExpectsKeyTimeAndId extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(batch.groupBy("key")
                            .agg(max_by(struct("time", "id", "features"), struct("time", "id"))
                                    .as("newest"))
                            .select(col("key"), col("newest.*")))
                    .forEach(row -> write(store, row, FeatureSink::isNewer));
        }
    }

    @Misconception(
            believed = "A store that does not answer must not stop the query: the next batch brings newer features.",
            really =
                    "Only for keys that pay again. When the function returns, Spark commits the batch and never passes it"
                            + " again, so the others keep old features. An exception has the batch passed again.",
            concept = "Delivery guarantees")
    public static class GoesOnWithoutTheStore extends FeatureSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
            return (batch, number) -> rows(newest(batch)).forEach(row -> {
                try {
                    write(store, row, FeatureSink::isNewer);
                } catch (IllegalStateException e) {
                    // it would log the error
                }
            });
        }
    }

    private static List<Row> rows(Dataset<Row> rows) {
        return rows.collectAsList();
    }

    private static void write(
            FeatureSink.Store store, Row row, BiPredicate<FeatureSink.Entry, FeatureSink.Entry> isNewer) {
        String key = row.getString(0);
        FeatureSink.Entry entry = FeatureSink.entry(row);
        FeatureSink.Entry known = store.get(key).orElse(null);
        while (isNewer.test(entry, known) && !store.replace(key, known, entry)) {
            known = store.get(key).orElse(null);
        }
    }
}
