package lesson03;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link EnrichPayments} that people really give. */
public final class EnrichPaymentsMisconceptions {

    private static final String[] BY_TERMINAL = {"terminal"};

    private EnrichPaymentsMisconceptions() {}

    @Misconception(
            believed = "A join adds columns.",
            really =
                    "An inner join, which join() is unless told otherwise, also takes rows away: all that find no partner."
                            + " Payments at unknown terminals are gone, and they are the ones to be looked at.",
            concept = "Joins")
    public static class JoinsInner extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return payments.join(open(newest(terminals)).withColumn("known", lit(true)), "terminal");
        }
    }

    @Misconception(
            believed = "A left join keeps the rows of the left side, so there are as many afterwards as before.",
            really =
                    "It keeps them at least once. With three entries for its terminal, a payment comes out three times, and"
                            + " is added up three times by whatever follows.",
            concept = "Joins")
    public static class JoinsEveryEntry extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return joined(payments, open(terminals.drop("time")));
        }
    }

    @Misconception(
            believed = "dropDuplicates on the terminal leaves one entry, and after sorting by time that is the newest.",
            really =
                    "It leaves one, and promises nothing about which. Here it was the first, and after sorting by time that"
                            + " is the oldest; with the newest first it would have gone well by luck. max_by promises.",
            concept = "Deduplication")
    public static class KeepsOneEntryOrOther extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return joined(
                    payments,
                    open(terminals.sort("time").dropDuplicates(BY_TERMINAL).drop("time")));
        }
    }

    @Misconception(
            believed = "The largest time, the largest country, the largest flag: that is the newest entry.",
            really =
                    "Each maximum is taken on its own. What comes out is a row that nobody ever wrote: the time of one entry"
                            + " and the country of another. max_by, or the maximum of a struct, takes them from one row.",
            concept = "Aggregation")
    public static class TakesEachMaximumOnItsOwn extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return joined(
                    payments,
                    open(terminals
                            .groupBy("terminal")
                            .agg(max("country").as("country"), max("closed").as("closed"))));
        }
    }

    @Misconception(
            believed = "First drop what is closed, then take the newest: the order does not matter.",
            really = "Once the entry that says closed is gone, an older one is the newest. The terminal has come back"
                    + " from the dead.",
            concept = "Joins")
    public static class DropsTheClosedFirst extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return joined(payments, newest(terminals.where(not(col("closed")))).drop("closed"));
        }
    }

    @Misconception(
            believed = "The closed ones can be filtered out after the join, if I let null through.",
            really = "What is filtered after the join is payments, not terminals. Letting null through saves those that"
                    + " found no entry; those that found a closed one are lost. A condition on the right side belongs before"
                    + " a left join, or into it.",
            concept = "Joins")
    public static class FiltersAfterTheJoin extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return joined(payments, newest(terminals))
                    .where(coalesce(not(col("closed")), lit(true)))
                    .drop("closed");
        }
    }

    @Misconception(
            believed = "Where the country is null, there was no entry.",
            really =
                    "A null in a column of the right side says that there was no row, or that there was one with a null in"
                            + " it. The mark has to come from something that is never null in the table.",
            concept = "Joins")
    public static class MarksByTheCountry extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return super.enrich(payments, terminals)
                    .withColumn("known", col("country").isNotNull());
        }
    }

    @Misconception(
            believed = "The null-safe <=> is = without the trouble.",
            really = "It says that null equals null, so every payment without a terminal meets the entry that somebody"
                    + " forgot to fill in. With = a null equals nothing, which is what a key needs.",
            concept = "Nulls")
    public static class MatchesNullWithNull extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            Dataset<Row> known = open(newest(terminals)).withColumn("known", lit(true));
            return payments.join(known, payments.col("terminal").eqNullSafe(known.col("terminal")), "left")
                    .drop(known.col("terminal"))
                    .withColumn("known", coalesce(col("known"), lit(false)));
        }
    }

    @Misconception(
            believed = "Both sides have a time, and mine is on the left, so \"time\" is mine.",
            really = "After a join on a condition there are two columns of that name, and a bare name means neither."
                    + " Join by the name of the key, and leave in the table only what you want to add.",
            concept = "Joins")
    public static class NamesAColumnOfBothSides extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return payments.join(terminals, payments.col("terminal").equalTo(terminals.col("terminal")), "left")
                    .select(
                            col("id"),
                            col("time"),
                            col("customer"),
                            payments.col("terminal"),
                            col("amount"),
                            col("country"),
                            terminals.col("terminal").isNotNull().as("known"));
        }
    }

    @Misconception(
            believed = "I join all, number the entries of each payment with row_number, and keep the first.",
            really =
                    "After the join it is a stream, and on a stream Spark knows only windows of time: row_number would have"
                            + " to wait for the stream's end. On the table, before the join, it is allowed.",
            concept = "Window functions")
    public static class NumbersTheRowsOfAStream extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            Column place = row_number()
                    .over(Window.partitionBy("id").orderBy(col("written").desc()));
            Column isKnown = not(coalesce(col("closed"), lit(true)));
            return payments.join(terminals.withColumnRenamed("time", "written"), BY_TERMINAL, "left")
                    .withColumn("place", place)
                    .where(col("place").equalTo(1))
                    .withColumn("country", when(isKnown, col("country")))
                    .withColumn("known", isKnown)
                    .drop("place", "written", "closed");
        }
    }

    @Misconception(
            believed = "A payment gets the entry that was the newest when it was made.",
            really =
                    "That is another question, and often the right one. Here it is asked what is known of the terminal now,"
                            + " whatever the time of the payment: whoever looks into a payment wants to know where the terminal is.",
            concept = "Joins")
    public static class TakesTheEntryOfThatTime extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            Dataset<Row> entries = terminals
                    .groupBy("terminal")
                    .agg(collect_list(struct("time", "country", "closed")).as("entries"));
            Column isKnown = not(coalesce(col("then.closed"), lit(true)));
            return payments.join(entries, BY_TERMINAL, "left")
                    .withColumn("then", expr("array_max(filter(entries, entry -> entry.time <= time))"))
                    .withColumn("country", when(isKnown, col("then.country")))
                    .withColumn("known", isKnown)
                    .drop("entries", "then");
        }
    }

    private static Dataset<Row> newest(Dataset<Row> terminals) {
        return terminals
                .groupBy("terminal")
                .agg(max_by(struct("country", "closed"), col("time")).as("newest"))
                .select("terminal", "newest.country", "newest.closed");
    }

    private static Dataset<Row> open(Dataset<Row> terminals) {
        return terminals.where(not(col("closed"))).drop("closed");
    }

    private static Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> terminals) {
        return payments.join(terminals.withColumn("known", lit(true)), BY_TERMINAL, "left")
                .withColumn("known", coalesce(col("known"), lit(false)));
    }
}
