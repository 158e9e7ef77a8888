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
            believed = "groupBy(id) gives one row for each id, and the watermark bounds its state.",
            really = "A watermark bounds the groups that have its column, or a window of it, among their keys. "
                    + "A group of an id is never final. Append mode refuses the query; update mode would keep "
                    + "every id forever.",
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
            believed = "With a watermark, dropDuplicates deletes old ids from its state.",
            really = "It can tell how old an id is only if it also compares the watermark's column. If it "
                    + "compares the id alone, every id stays in the state: the output is right, but "
                    + "numRowsTotal grows forever.",
            concept = "Deduplication")
    public static class KeepsEveryId extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments)
                    .withWatermark("time", "1 hour")
                    .dropDuplicates(SAME)
                    .drop("mark");
        }
    }

    @Misconception(
            believed = "dropDuplicates has to compare id and time, because the time bounds its state.",
            really = "That bounds the state, but a copy that is recorded a second later has another time and "
                    + "is emitted. Compare only columns that are the same in every copy: "
                    + "dropDuplicatesWithinWatermark compares the id and uses the time only to delete it.",
            concept = "Deduplication")
    public static class ComparesTheTime extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments)
                    .withWatermark("time", "1 hour")
                    .dropDuplicates(new String[] {"id", "mark", "time"})
                    .drop("mark");
        }
    }

    @Misconception(
            believed = "dropDuplicatesWithinWatermark keeps every id. The watermark is for late rows, and they "
                    + "are at most ten minutes behind.",
            really = "It keeps an id until the watermark is past its row's time by the delay. With ten minutes "
                    + "the id is deleted once a payment twenty minutes newer has been read, and a copy sent an "
                    + "hour later is emitted as new.",
            concept = "Deduplication")
    public static class CoversLateRowsOnly extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments)
                    .withWatermark("time", "10 minutes")
                    .dropDuplicatesWithinWatermark(SAME)
                    .drop("mark");
        }
    }

    @Misconception(
            believed = "An id is kept until a row is newer by twice the delay, so half an hour covers an hour.",
            really = "It covers an hour if every row is in order. A row may be ten minutes behind: before the copy "
                    + "of 10:00 a row of almost 10:10 may arrive, seventy minutes newer than the first, and by then "
                    + "the id is deleted.",
            concept = "Deduplication")
    public static class CoversHalfAnHour extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments)
                    .withWatermark("time", "30 minutes")
                    .dropDuplicatesWithinWatermark(SAME)
                    .drop("mark");
        }
    }

    @Misconception(
            believed = "A longer delay is safer.",
            really = "It finds no copy that an hour would not find, and keeps every id until a row is newer by twice "
                    + "the delay: sixteen hours of ids instead of two. State costs memory, and time in every batch.",
            concept = "Bounded state")
    public static class KeepsIdsForSixteenHours extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments)
                    .withWatermark("time", "8 hours")
                    .dropDuplicatesWithinWatermark(SAME)
                    .drop("mark");
        }
    }

    @Misconception(
            believed = "I deduplicate the rows with an id and add those without, and each part needs a watermark.",
            really = "Only the part that is deduplicated needs one. Each withWatermark has a watermark of its own, the "
                    + "query uses the smaller one, and that of the rows without an id stands still until such a row "
                    + "arrives: nothing is deleted.",
            concept = "Several watermarks")
    public static class SetsAWatermarkOnBothParts extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return payments.where(col("id").isNotNull())
                    .withWatermark("time", "1 hour")
                    .dropDuplicatesWithinWatermark(new String[] {"id"})
                    .union(payments.where(col("id").isNull()).withWatermark("time", "1 hour"));
        }
    }

    @Misconception(
            believed = "\"Within the watermark\" needs no withWatermark: Spark has a watermark.",
            really = "Without withWatermark Spark has neither the event time column nor the delay. There would "
                    + "be no time at which to delete an id, so Spark refuses the query.",
            concept = "Watermarks")
    public static class SetsNoWatermark extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return marked(payments).dropDuplicatesWithinWatermark(SAME).drop("mark");
        }
    }

    @Misconception(
            believed = "Null equals nothing, so a row without an id is never a copy.",
            really = "In a comparison null equals nothing. But grouping, counting distinct values and "
                    + "deduplication treat all nulls as one value. One payment without an id is emitted; all "
                    + "others are lost for as long as Spark keeps the null.",
            concept = "Nulls")
    public static class TreatsNullsAsCopies extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return payments.withWatermark("time", "1 hour").dropDuplicatesWithinWatermark(new String[] {"id"});
        }
    }

    @Misconception(
            believed = "A row without an id is no payment, so I filter it out first.",
            really = "It is no copy that anyone could recognize, but it is a payment. The task decides what "
                    + "happens to incomplete rows. A filter inside a deduplication drops them silently.",
            concept = "Nulls")
    public static class DropsRowsWithoutId extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return super.once(payments.where(col("id").isNotNull()));
        }
    }
}
