package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link DeduplicatePayments} that people really give. */
public final class DeduplicatePaymentsMisconceptions {

    private DeduplicatePaymentsMisconceptions() {}

    @Misconception(
            believed = "One row for each id is groupBy(id), and the watermark bounds its state.",
            really =
                    "A watermark bounds the groups that have its column, or a window of it, among their keys. A group of"
                            + " an id is never final: in append mode Spark refuses the query, in update mode it would keep every"
                            + " id for ever.",
            concept = "Bounded state")
    public static class GroupsById extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return payments.withWatermark("time", "1 hour")
                    .groupBy("id")
                    .agg(
                            first("time").as("time"),
                            first("customer").as("customer"),
                            first("terminal").as("terminal"),
                            first("amount").as("amount"));
        }
    }

    @Misconception(
            believed = "With a watermark, dropDuplicates forgets the ids that are too old.",
            really = "It knows how old an id is only if the watermark's column is among those it compares. With the id"
                    + " alone, every id that has ever come stays in the state: the rows that come out are right, and"
                    + " numRowsTotal grows for ever.",
            concept = "Deduplication")
    public static class RemembersEveryId extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments)
                    .withWatermark("time", "1 hour")
                    .dropDuplicates(SAME)
                    .drop("mark");
        }
    }

    @Misconception(
            believed =
                    "The time has to be among the columns that dropDuplicates compares, so that its state is bounded:"
                            + " id and time.",
            really = "Bounded it is; but a copy that is recorded a second later has another time, and passes. What is"
                    + " compared has to be the same in every copy: dropDuplicatesWithinWatermark compares the id and"
                    + " forgets by the time.",
            concept = "Deduplication")
    public static class ComparesTheTimeAsWell extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments)
                    .withWatermark("time", "1 hour")
                    .dropDuplicates(new String[] {"id", "mark", "time"})
                    .drop("mark");
        }
    }

    @Misconception(
            believed =
                    "dropDuplicatesWithinWatermark remembers every id; the watermark is for late rows, and they are at"
                            + " most ten minutes behind.",
            really = "It remembers an id until the watermark is as far past its row's time as the bound says. With ten"
                    + " minutes it is forgotten once a payment twenty minutes younger has been seen, and the copy that"
                    + " is sent after an hour passes as new.",
            concept = "Deduplication")
    public static class WaitsForLateRowsOnly extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments)
                    .withWatermark("time", "10 minutes")
                    .dropDuplicatesWithinWatermark(SAME)
                    .drop("mark");
        }
    }

    @Misconception(
            believed = "Within the watermark: Spark has one.",
            really = "Spark knows neither which column is the event time nor how far it may be out of order, unless"
                    + " withWatermark says both. Without it there is no moment to forget an id, and Spark refuses.",
            concept = "Watermarks")
    public static class SetsNoWatermark extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments).dropDuplicatesWithinWatermark(SAME).drop("mark");
        }
    }

    @Misconception(
            believed = "Null equals nothing, so rows without an id are nobody's copies.",
            really =
                    "In a comparison null equals nothing; where rows are grouped, counted distinct or deduplicated, all"
                            + " nulls are one value. A payment without an id passes, and for as long as it is remembered every"
                            + " other without one is lost.",
            concept = "Nulls")
    public static class TakesNullsForCopies extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return payments.withWatermark("time", "1 hour").dropDuplicatesWithinWatermark(new String[] {"id"});
        }
    }

    @Misconception(
            believed = "Without an id it is no payment; it goes out first.",
            really = "It may be nobody's copy, but somebody has paid. What to do with a row that is not as it should be"
                    + " has to be said by whoever wants the rows; a filter inside a deduplication says it to nobody.",
            concept = "Nulls")
    public static class LeavesOutWhatHasNoId extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return super.once(payments.where(col("id").isNotNull()));
        }
    }
}
