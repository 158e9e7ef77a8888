package lesson08;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link OneNumber} that people really give. */
public final class OneNumberMisconceptions {

    private OneNumberMisconceptions() {}

    @Misconception(
            believed = "The batch view has the past and the speed view the present: add them.",
            really =
                    "A run takes hours, and the stream goes on meanwhile. Until its old rows are deleted, the speed view contains"
                            + " what the run has read, too, and that counts twice.",
            concept = "Lambda and Kappa")
    public static class AddsEverything extends OneNumber {
        @Override
        Dataset<Row> speed(Dataset<Row> speedView, Dataset<Row> newest) {
            return speedView.distinct();
        }
    }

    @Misconception(
            believed = "The batch view is exact: where it has a row, the speed view is not needed.",
            really =
                    "It is exact for what it has read. Payments of the same day that arrived later are in the speed view only.",
            concept = "Lambda and Kappa")
    public static class PrefersTheBatchView extends OneNumber {
        @Override
        Dataset<Row> merged(Dataset<Row> batch, Dataset<Row> speed) {
            Column isThere = batch.col("day")
                    .eqNullSafe(speed.col("day"))
                    .and(batch.col("terminal").eqNullSafe(speed.col("terminal")));
            return super.merged(batch, speed.join(batch, isThere, "left_anti"));
        }
    }

    @Misconception(
            believed = "The speed view is newer: where it has a row, that replaces the one of the batch view.",
            really =
                    "Its rows are sums of micro-batches, not totals. The day's payments before them are in the batch view.",
            concept = "Lambda and Kappa")
    public static class PrefersTheSpeedView extends OneNumber {
        @Override
        Dataset<Row> merged(Dataset<Row> batch, Dataset<Row> speed) {
            Column isThere = batch.col("day")
                    .eqNullSafe(speed.col("day"))
                    .and(batch.col("terminal").eqNullSafe(speed.col("terminal")));
            return super.merged(batch.join(speed, isThere, "left_anti"), speed);
        }
    }

    @Misconception(
            believed = "The views are cut by day: the speed view has the days from the batch view's last one on.",
            really =
                    "A day is not complete because a run has seen a payment of it, and payments of earlier days still arrive. By"
                            + " day, some payments are in both views and some in none. Cut by the position in the log.",
            concept = "Lambda and Kappa")
    public static class CutsByDay extends OneNumber {
        @Override
        public Dataset<Row> serve(Dataset<Row> batchView, Dataset<Row> speedView) {
            Dataset<Row> newest = newest(batchView);
            Dataset<Row> days = batchView.agg(max("day").as("last"));
            Dataset<Row> speed = speedView.join(days, speedView.col("day").lt(days.col("last")), "left_anti");
            return merged(batch(batchView, newest), speed.distinct());
        }
    }

    @Misconception(
            believed = "The run contains everything until the time at which it finished.",
            really =
                    "It contains what was in the log when it began to read, hours before. What arrived in between is in neither"
                            + " view.",
            concept = "Lambda and Kappa")
    public static class CutsByTheEndOfTheRun extends OneNumber {
        @Override
        Dataset<Row> speed(Dataset<Row> speedView, Dataset<Row> newest) {
            Column isEarlier = col("day").lt(to_date(newest.col("run.finished")));
            return speedView.join(newest, isEarlier, "left_anti").distinct();
        }
    }

    @Misconception(
            believed = "The speed view continues after `upTo`: `since > upTo`.",
            really =
                    "`upTo` is the first position that the run does not contain. The micro-batch that begins there is in neither"
                            + " view. With half-open intervals, the end of one is the beginning of the next.",
            concept = "Lambda and Kappa")
    public static class BeginsAfterTheEnd extends OneNumber {
        @Override
        Dataset<Row> speed(Dataset<Row> speedView, Dataset<Row> newest) {
            return speedView
                    .join(newest, col("since").leq(newest.col("run.upTo")), "left_anti")
                    .distinct();
        }
    }

    @Misconception(
            believed = "A micro-batch that reaches `upTo` is not covered by the run: `until >= upTo`.",
            really = "`until` is exclusive, too. The micro-batch that ends there is in both views.",
            concept = "Lambda and Kappa")
    public static class KeepsTheLastOfTheRun extends OneNumber {
        @Override
        Dataset<Row> speed(Dataset<Row> speedView, Dataset<Row> newest) {
            return speedView
                    .join(newest, col("until").lt(newest.col("run.upTo")), "left_anti")
                    .distinct();
        }
    }

    @Misconception(
            believed = "The mean is the mean of the two views' means.",
            really =
                    "A view with one payment then weighs as much as one with a million. Sums and counts can be added, means"
                            + " cannot: divide at the end.",
            concept = "Aggregation")
    public static class AveragesMeans extends OneNumber {
        @Override
        Dataset<Row> merged(Dataset<Row> batch, Dataset<Row> speed) {
            Column mean = col("revenue").cast("double").divide(col("payments"));
            return sums(batch)
                    .union(sums(speed))
                    .withColumn("mean", mean)
                    .groupBy("day", "terminal")
                    .agg(
                            sum("payments").as("payments"),
                            sum("revenue").as("revenue"),
                            avg("mean").as("mean"));
        }
    }

    @Misconception(
            believed = "A late payment of a closed day was in the batch view, or comes with the next run.",
            really =
                    "It comes with the next run, but until then it is missing, although the stream has seen it. The same day has"
                            + " another number tomorrow.",
            concept = "Lambda and Kappa")
    public static class LeavesClosedDaysAlone extends OneNumber {
        @Override
        public Dataset<Row> serve(Dataset<Row> batchView, Dataset<Row> speedView) {
            Dataset<Row> newest = newest(batchView);
            Dataset<Row> batch = batch(batchView, newest);
            Dataset<Row> days = batch.agg(min("day").as("first"));
            Dataset<Row> speed = speed(speedView, newest);
            return merged(batch, speed.join(days, speed.col("day").lt(days.col("first")), "left_anti"));
        }
    }

    @Misconception(
            believed = "There is always a run.",
            really =
                    "Not before the first night, nor after the view was deleted to be computed again. Compared with null, no"
                            + " micro-batch is kept, and readers get an empty table.",
            concept = "Nulls")
    public static class NeedsARun extends OneNumber {
        @Override
        Dataset<Row> speed(Dataset<Row> speedView, Dataset<Row> newest) {
            return speedView
                    .join(newest, col("since").geq(newest.col("run.upTo")), "left_semi")
                    .distinct();
        }
    }

    @Misconception(
            believed = "The newest run is the one that finished last.",
            really = "A run over an older part of the log was repeated after it. It is newer and contains less.",
            concept = "Lambda and Kappa")
    public static class TakesTheLastToFinish extends OneNumber {
        @Override
        Dataset<Row> newest(Dataset<Row> batchView) {
            return batchView
                    .agg(max(struct("finished", "upTo")).as("last"))
                    .select(struct(col("last.upTo"), col("last.finished")).as("run"));
        }
    }

    @Misconception(
            believed = "The batch view contains each payment once.",
            really = "Each run has read the log from its beginning. The rows of two runs count everything twice.",
            concept = "Lambda and Kappa")
    public static class AddsAllRuns extends OneNumber {
        @Override
        Dataset<Row> batch(Dataset<Row> batchView, Dataset<Row> newest) {
            return batchView;
        }
    }

    @Misconception(
            believed = "`upTo` identifies a run.",
            really =
                    "A run is repeated over the same part of the log, after a bug was corrected. Then the wrong numbers and the"
                            + " right ones are added.",
            concept = "Lambda and Kappa")
    public static class AddsRepeatedRuns extends OneNumber {
        @Override
        Dataset<Row> batch(Dataset<Row> batchView, Dataset<Row> newest) {
            return batchView.join(newest, col("upTo").equalTo(newest.col("run.upTo")), "left_semi");
        }
    }

    @Misconception(
            believed = "For each day and terminal the newest row counts.",
            really =
                    "A corrected run may have no row where the wrong one had one. Then the wrong row is still the newest. The run"
                            + " counts as a whole.",
            concept = "Lambda and Kappa")
    public static class TakesTheNewestRows extends OneNumber {
        @Override
        Dataset<Row> batch(Dataset<Row> batchView, Dataset<Row> newest) {
            return batchView
                    .groupBy("day", "terminal")
                    .agg(max(struct("upTo", "finished", "payments", "revenue")).as("row"))
                    .select("day", "terminal", "row.payments", "row.revenue");
        }
    }

    @Misconception(
            believed = "A streaming job writes each micro-batch once.",
            really =
                    "After a crash it repeats the last one. An append-only table has its rows twice, unless the sink recognizes a"
                            + " micro-batch that it has written.",
            concept = "Idempotence")
    public static class CountsRepetitions extends OneNumber {
        @Override
        Dataset<Row> speed(Dataset<Row> speedView, Dataset<Row> newest) {
            return speedView.join(newest, col("since").lt(newest.col("run.upTo")), "left_anti");
        }
    }

    @Misconception(
            believed = "Equal rows are repetitions.",
            really =
                    "Only rows of the same micro-batch are. Two micro-batches may well have the same sums; without their"
                            + " positions, nothing tells them apart.",
            concept = "Deduplication")
    public static class DropsEqualSums extends OneNumber {
        @Override
        Dataset<Row> speed(Dataset<Row> speedView, Dataset<Row> newest) {
            return sums(super.speed(speedView, newest)).distinct();
        }
    }

    @Misconception(
            believed = "The views are joined by day and terminal.",
            really =
                    "null = null is not true, so a group without a terminal finds no partner, and is there twice. A union and a"
                            + " grouping have one group for null.",
            concept = "Joins")
    public static class JoinsTheViews extends OneNumber {
        @Override
        Dataset<Row> merged(Dataset<Row> batch, Dataset<Row> speed) {
            Dataset<Row> increments = super.merged(sums(speed).limit(0), speed);
            Column isSame = batch.col("day")
                    .equalTo(increments.col("day"))
                    .and(batch.col("terminal").equalTo(increments.col("terminal")));
            Column payments =
                    coalesce(batch.col("payments"), lit(0)).plus(coalesce(increments.col("payments"), lit(0)));
            Column both = batch.col("revenue").plus(increments.col("revenue"));
            return batch.join(increments, isSame, "full")
                    .select(
                            coalesce(batch.col("day"), increments.col("day")).as("day"),
                            coalesce(batch.col("terminal"), increments.col("terminal"))
                                    .as("terminal"),
                            payments.as("payments"),
                            coalesce(both, batch.col("revenue"), increments.col("revenue"))
                                    .as("revenue"))
                    .withColumn("mean", col("revenue").cast("double").divide(col("payments")));
        }
    }

    @Misconception(
            believed = "A revenue without any amount is zero.",
            really =
                    "Zero would mean that the payments are known to have brought nothing. SQL's sum of no values is null, and"
                            + " readers can tell the two apart.",
            concept = "Nulls")
    public static class FillsWithZero extends OneNumber {
        @Override
        Dataset<Row> merged(Dataset<Row> batch, Dataset<Row> speed) {
            return super.merged(batch.na().fill(0), speed.na().fill(0, new String[] {"revenue"}));
        }
    }

    @Misconception(
            believed = "A double is precise enough for a sum of money.",
            really = "It has about 16 digits. The cents of a large revenue are lost in each addition.",
            concept = "Money and floating point")
    public static class AddsDoubles extends OneNumber {
        @Override
        Dataset<Row> merged(Dataset<Row> batch, Dataset<Row> speed) {
            Column revenue = col("revenue").cast("double");
            return super.merged(batch.withColumn("revenue", revenue), speed.withColumn("revenue", revenue))
                    .withColumn("revenue", col("revenue").cast("decimal(30,2)"));
        }
    }

    @Misconception(
            believed = "The new table can be served as soon as it is there.",
            really =
                    "It begins at the start of the log. Readers would see last year's revenue, and watch it grow. It must first"
                            + " catch up with the old one.",
            concept = "Lambda and Kappa")
    public static class ServesAtOnce extends OneNumber {
        @Override
        public void replace(Tables tables, String old, String fresh) {
            if (!tables.served().equals(fresh) && tables.upTo(fresh).isPresent()) {
                tables.serve(fresh);
            }
            super.replace(tables, old, fresh);
        }
    }

    @Misconception(
            believed = "The new table has caught up when both are at the same position.",
            really =
                    "Two jobs that keep running need not be at the same position at any moment. The new one may be ahead, and"
                            + " the switch never comes.",
            concept = "Lambda and Kappa")
    public static class WaitsForEquality extends OneNumber {
        @Override
        public void replace(Tables tables, String old, String fresh) {
            if (tables.upTo(old).equals(tables.upTo(fresh)) || tables.served().equals(fresh)) {
                super.replace(tables, old, fresh);
            }
        }
    }

    @Misconception(
            believed = "The new table has to be ahead of the old one.",
            really =
                    "At the same position both contain the same payments. If nothing arrives, as at night, the new table waits"
                            + " although it is complete.",
            concept = "Lambda and Kappa")
    public static class WaitsUntilAhead extends OneNumber {
        @Override
        public void replace(Tables tables, String old, String fresh) {
            OptionalLong upTo = tables.upTo(fresh);
            OptionalLong before = tables.upTo(old);
            if (!before.isPresent()
                    || upTo.isPresent() && upTo.getAsLong() > before.getAsLong()
                    || tables.served().equals(fresh)) {
                super.replace(tables, old, fresh);
            }
        }
    }

    @Misconception(
            believed = "First the old table goes, then the new one comes.",
            really =
                    "Between the two, readers are served a table that does not exist; after a crash there, until somebody"
                            + " notices.",
            concept = "Lambda and Kappa")
    public static class DropsFirst extends OneNumber {
        @Override
        public void replace(Tables tables, String old, String fresh) {
            OptionalLong upTo = tables.upTo(fresh);
            OptionalLong before = tables.upTo(old);
            boolean isAhead = before.isPresent() && upTo.isPresent() && upTo.getAsLong() >= before.getAsLong();
            if (isAhead) {
                tables.drop(old);
            }
            if (!tables.served().equals(fresh) && tables.upTo(old).isEmpty()) {
                tables.serve(fresh);
            }
        }
    }

    @Misconception(
            believed = "Serving and dropping are one step.",
            really =
                    "A crash comes between any two calls. If the next call looks only at what is served, it finds nothing to do,"
                            + " and the old job runs for ever.",
            concept = "Idempotence")
    public static class ForgetsToDrop extends OneNumber {
        @Override
        public void replace(Tables tables, String old, String fresh) {
            if (!tables.served().equals(fresh)) {
                super.replace(tables, old, fresh);
            }
        }
    }

    @Misconception(
            believed = "A failure of the catalog is logged, and the next call will do.",
            really = "Nobody reads the log. An exception that is swallowed tells the caller that all is done.",
            concept = "Delivery guarantees")
    public static class SwallowsFailures extends OneNumber {
        @Override
        public void replace(Tables tables, String old, String fresh) {
            try {
                super.replace(tables, old, fresh);
            } catch (RuntimeException e) {
                System.out.println("not replaced: " + e.getMessage());
            }
        }
    }

    @Misconception(
            believed = "A job that is called again simply does everything again.",
            really =
                    "It drops a table that is not there, and fails from then on. A step that can be repeated asks first whether"
                            + " it is done.",
            concept = "Idempotence")
    public static class DropsAgain extends OneNumber {
        @Override
        public void replace(Tables tables, String old, String fresh) {
            OptionalLong upTo = tables.upTo(fresh);
            if (upTo.isPresent() && upTo.getAsLong() >= tables.upTo(old).orElse(0)) {
                if (!tables.served().equals(fresh)) {
                    tables.serve(fresh);
                }
                tables.drop(old);
            }
        }
    }
}
