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
            really = "The default of join() is an inner join. It also drops rows without a match. Payments at "
                    + "unknown terminals are lost, and those are the most interesting ones.",
            concept = "Joins")
    public static class JoinsInner extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return payments.join(open(newest(terminals)).withColumn("known", lit(true)), "terminal");
        }
    }

    @Misconception(
            believed = "A left join keeps the rows of the left side, so their number does not change.",
            really = "It keeps each row at least once. With three entries for its terminal, a payment is "
                    + "emitted three times, and every later sum counts it three times.",
            concept = "Joins")
    public static class JoinsEveryEntry extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return joined(payments, open(terminals.drop("time")));
        }
    }

    @Misconception(
            believed =
                    "dropDuplicates on the terminal keeps one entry, and after sorting by time it is the " + "newest.",
            really = "It keeps one entry, but does not guarantee which. Here it kept the first, which is the "
                    + "oldest after sorting by time. Sorting in descending order would be right only by luck. "
                    + "max_by guarantees the newest.",
            concept = "Deduplication")
    public static class KeepsAnyEntry extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return joined(
                    payments,
                    open(terminals.sort("time").dropDuplicates(BY_TERMINAL).drop("time")));
        }
    }

    @Misconception(
            believed = "The maximum of each column gives the newest entry.",
            really = "Each maximum is computed separately. The result is an entry that does not exist: the "
                    + "time of one entry with the country of another. max_by, or the maximum of a struct, takes "
                    + "all columns from one row.",
            concept = "Aggregation")
    public static class TakesEachMaximumSeparately extends EnrichPayments {
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
            believed = "Dropping closed entries first and then taking the newest makes no difference.",
            really = "After the closed entry is dropped, an older entry is the newest. The removed terminal is "
                    + "known again.",
            concept = "Joins")
    public static class DropsClosedEntriesFirst extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return joined(payments, newest(terminals.where(not(col("closed")))).drop("closed"));
        }
    }

    @Misconception(
            believed = "Closed terminals can be filtered out after the join, if null passes the filter.",
            really = "A filter after the join drops payments, not terminals. Payments without an entry pass, "
                    + "but payments at a closed terminal are lost. A condition on the right side belongs before "
                    + "a left join, or into its condition.",
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
            believed = "If the country is null, there was no entry.",
            really = "A null from the right side means either no match or a match with a null. Use a column "
                    + "that is never null in the table as the marker.",
            concept = "Joins")
    public static class MarksByTheCountry extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return super.enrich(payments, terminals)
                    .withColumn("known", col("country").isNotNull());
        }
    }

    @Misconception(
            believed = "The null-safe operator <=> is = without its problems.",
            really = "With <=> null equals null, so every payment without a terminal matches the entry without "
                    + "a terminal. With = null equals nothing, which is right for a key.",
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
            believed = "Both sides have a time, and the stream is on the left, so \"time\" means the time of the "
                    + "payment.",
            really = "After a join on a condition there are two columns of that name, and the name is "
                    + "ambiguous. Join by the name of the key, and keep only the columns to add in the table.",
            concept = "Joins")
    public static class UsesAnAmbiguousColumn extends EnrichPayments {
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
            believed = "Join all entries, number those of each payment with row_number, and keep the first.",
            really = "After the join the rows are a stream. Spark supports only time windows on a stream, "
                    + "because row_number would have to wait for its end. Use row_number on the table, before "
                    + "the join.",
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
            believed = "A payment gets the entry that was the newest at the time of the payment.",
            really = "That is another question, and often the right one. This task asks for what is known of "
                    + "the terminal now, whatever the time of the payment.",
            concept = "Joins")
    public static class TakesTheEntryAtPaymentTime extends EnrichPayments {
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

    @Misconception(
            believed = "A null says nothing, so the newest country is the newest that is not null.",
            really =
                    "Here null in the newest entry says that the country is no longer known. Whether a null is a value or a "
                            + "gap is a decision; this task asks for the newest entry as it is.",
            concept = "Nulls")
    public static class FillsInTheLastKnownCountry extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            Dataset<Row> countries = terminals
                    .where(col("country").isNotNull())
                    .groupBy("terminal")
                    .agg(max_by(col("country"), col("time")).as("country"));
            return joined(payments, open(newest(terminals)).drop("country").join(countries, BY_TERMINAL, "left"));
        }
    }

    @Misconception(
            believed = "A terminal that was removed does not come back.",
            really =
                    "The newest entry decides. Terminals are opened again, and numbers are given again; a list of all that "
                            + "were ever closed only grows.",
            concept = "Joins")
    public static class DropsTerminalsThatWereEverClosed extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            Dataset<Row> closed = terminals.where(col("closed")).select("terminal");
            return joined(payments, open(newest(terminals)).join(closed, BY_TERMINAL, "left_anti"));
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
