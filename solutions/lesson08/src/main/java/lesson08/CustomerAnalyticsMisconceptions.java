package lesson08;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.current_date;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.ntile;
import static org.apache.spark.sql.functions.percent_rank;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link CustomerAnalytics} that people really give. */
public final class CustomerAnalyticsMisconceptions {

    private static final WindowSpec PEERS = Window.partitionBy(col("last").isNull());

    private CustomerAnalyticsMisconceptions() {}

    @Misconception(
            believed = "The payments are joined with the customers they belong to.",
            really =
                    "An inner join keeps customers with a payment only. Those who have never bought anything are the ones that"
                            + " marketing asks for. Join from the list of customers, to the left.",
            concept = "Joins")
    public static class JoinsInner extends CustomerAnalytics {
        @Override
        Dataset<Row> totals(Dataset<Row> accounts, Dataset<Row> paid) {
            return super.totals(accounts.join(paid, "customer", "left_semi"), paid);
        }
    }

    @Misconception(
            believed = "A full join loses nobody on either side.",
            really =
                    "It also adds the customers of payments that nobody has listed: accounts that were closed, or numbers that"
                            + " were mistyped. The list says who is a customer.",
            concept = "Joins")
    public static class JoinsFull extends CustomerAnalytics {
        @Override
        Dataset<Row> totals(Dataset<Row> accounts, Dataset<Row> paid) {
            return super.totals(accounts.union(paid.select("customer")).distinct(), paid);
        }
    }

    @Misconception(
            believed = "A table of customers has one row per customer.",
            really =
                    "Nothing guarantees it, unless the table has a key. Joined with two rows of a customer, each payment is there"
                            + " twice, and the sum is doubled without any error.",
            concept = "Batch analytics")
    public static class JoinsDoubledCustomers extends CustomerAnalytics {
        @Override
        Dataset<Row> accounts(Dataset<Row> customers, Dataset<Row> testers) {
            return customers
                    .join(testers, "customer", "left_anti")
                    .select("customer")
                    .na()
                    .drop();
        }
    }

    @Misconception(
            believed = "distinct() removes customers who are listed twice.",
            really =
                    "It removes rows that are equal in all columns. A customer with two names is still there twice, and each"
                            + " payment counts twice.",
            concept = "Batch analytics")
    public static class RemovesEqualRowsOnly extends CustomerAnalytics {
        @Override
        Dataset<Row> accounts(Dataset<Row> customers, Dataset<Row> testers) {
            return customers
                    .distinct()
                    .join(testers, "customer", "left_anti")
                    .select("customer")
                    .na()
                    .drop();
        }
    }

    @Misconception(
            believed = "Recency is counted from today, current_date().",
            really =
                    "Then a report that is made again tomorrow, or for last month, has other numbers, and no two runs can be"
                            + " compared. The day is an input of the job.",
            concept = "Batch analytics")
    public static class CountsFromToday extends CustomerAnalytics {
        @Override
        public Dataset<Row> segments(
                Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
            Column later = datediff(current_date(), lit(day));
            return super.segments(payments, customers, testers, day)
                    .withColumn("recency", col("recency").plus(later));
        }
    }

    @Misconception(
            believed = "The table contains what has happened so far, so nothing need be filtered.",
            really =
                    "When the report for an earlier day is made again, the table contains the days after it. Recency becomes"
                            + " negative, and sums contain what nobody could know that day.",
            concept = "Batch analytics")
    public static class CountsLaterDays extends CustomerAnalytics {
        @Override
        public Dataset<Row> segments(
                Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
            return table(totals(accounts(customers, testers), readable(payments)), day);
        }
    }

    @Misconception(
            believed = "`time <= day` keeps the payments until that day.",
            really =
                    "A date compared with a time is midnight at its beginning. The payments of the day itself are lost. Compare"
                            + " dates with dates.",
            concept = "Batch analytics")
    public static class EndsAtMidnight extends CustomerAnalytics {
        @Override
        public Dataset<Row> segments(
                Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
            Column isEarly = col("time").try_cast("timestamp").leq(lit(day));
            return super.segments(payments.where(isEarly), customers, testers, day);
        }
    }

    @Misconception(
            believed = "Recency is the time that has passed, divided by 24 hours.",
            really =
                    "From 23:59 until 00:01 it is another day, but no 24 hours. Payments in the evening then count as one day"
                            + " younger than those in the morning.",
            concept = "Batch analytics")
    public static class CountsTwentyFourHours extends CustomerAnalytics {
        @Override
        public Dataset<Row> segments(
                Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
            Column time = col("time").try_cast("timestamp");
            Column full = date_format(time.plus(expr("INTERVAL '23:59:59' HOUR TO SECOND")), "yyyy-MM-dd HH:mm:ss");
            Column isBefore = to_date(time).lt(lit(day));
            return super.segments(
                    payments.withColumn("time", when(isBefore, full).otherwise(col("time"))), customers, testers, day);
        }
    }

    @Misconception(
            believed = "A cast turns text that is no number into null.",
            really =
                    "Since Spark 4 casts follow ANSI SQL: one unreadable value ends the whole job. try_cast returns null.",
            concept = "Schemas")
    public static class Casts extends CustomerAnalytics {
        @Override
        Dataset<Row> readable(Dataset<Row> payments) {
            return payments.dropDuplicates("id")
                    .select(
                            col("id"),
                            col("customer").cast("int"),
                            col("time").cast("timestamp").cast("date").as("day"),
                            col("amount").cast("decimal(18,2)"))
                    .na()
                    .drop();
        }
    }

    @Misconception(
            believed = "A payment without an id is a payment, too.",
            really =
                    "Nobody can tell whether it was delivered before. dropDuplicates keeps one of all those without an id, so"
                            + " the sum contains an arbitrary one of them.",
            concept = "Deduplication")
    public static class CountsPaymentsWithoutId extends CustomerAnalytics {
        @Override
        Dataset<Row> readable(Dataset<Row> payments) {
            return super.readable(payments.na().fill("-", new String[] {"id"}));
        }
    }

    @Misconception(
            believed = "A tester is excluded by NOT IN.",
            really =
                    "If the list contains a null, NOT IN is never true: it is unknown whether the null is this customer. The"
                            + " table is empty, without an error. An anti join, or NOT EXISTS, has no such case.",
            concept = "Nulls")
    public static class ExcludesByNotIn extends CustomerAnalytics {
        @Override
        Dataset<Row> accounts(Dataset<Row> customers, Dataset<Row> testers) {
            customers.createOrReplaceTempView("customers");
            testers.createOrReplaceTempView("testers");
            return customers.sparkSession().sql("""
                    SELECT DISTINCT customer FROM customers
                    WHERE customer IS NOT NULL AND customer NOT IN (SELECT customer FROM testers)""");
        }
    }

    @Misconception(
            believed = "Testers are filtered out of the finished table.",
            really =
                    "They have been ranked before, with all the money of their tests: the real customers are then below a fifth"
                            + " that does not exist.",
            concept = "Batch analytics")
    public static class ExcludesTestersLast extends CustomerAnalytics {
        @Override
        public Dataset<Row> segments(
                Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
            return super.segments(payments, customers, testers.limit(0), day).join(testers, "customer", "left_anti");
        }
    }

    @Misconception(
            believed = "Frequency is the number of payments, count(*).",
            really =
                    "A refund is a row, too. A customer who returns everything would be twice as loyal as one who keeps it.",
            concept = "Aggregation")
    public static class CountsRefunds extends CustomerAnalytics {
        @Override
        Dataset<Row> totals(Dataset<Row> accounts, Dataset<Row> paid) {
            Dataset<Row> counts = paid.groupBy("customer").agg(count("amount").as("payments"));
            return super.totals(accounts, paid)
                    .join(counts, "customer", "left")
                    .withColumn("frequency", coalesce(col("payments"), lit(0)));
        }
    }

    @Misconception(
            believed = "An amount below zero is a mistake, and is filtered out.",
            really =
                    "It is a refund, and the customer has not spent that money. The sums of the report would never agree with"
                            + " those of the accounts.",
            concept = "Batch analytics")
    public static class FiltersRefunds extends CustomerAnalytics {
        @Override
        Dataset<Row> readable(Dataset<Row> payments) {
            return super.readable(payments).where("amount >= 0");
        }
    }

    @Misconception(
            believed = "The last day on which the customer appears is the last purchase.",
            really =
                    "On that day something may have been given back. Such a customer looks active, and gets the wrong letter.",
            concept = "Aggregation")
    public static class TakesAnyPaymentForRecency extends CustomerAnalytics {
        @Override
        Dataset<Row> totals(Dataset<Row> accounts, Dataset<Row> paid) {
            Dataset<Row> days = paid.groupBy("customer").agg(max("day").as("any"));
            return super.totals(accounts, paid).join(days, "customer", "left").withColumn("last", col("any"));
        }
    }

    @Misconception(
            believed = "A table of payments has each payment once.",
            really =
                    "Delivered at least once means sometimes twice: a producer that tries again, a file that is loaded again."
                            + " Each id counts once.",
            concept = "Deduplication")
    public static class CountsDeliveries extends CustomerAnalytics {
        @Override
        Dataset<Row> readable(Dataset<Row> payments) {
            return super.readable(payments.withColumn("id", ownId()));
        }
    }

    @Misconception(
            believed = "distinct() removes what was delivered twice.",
            really =
                    "It compares text: 7 and 7.00 are different rows, and so is one with another blank. The id says what is the"
                            + " same payment.",
            concept = "Deduplication")
    public static class CountsDifferentTexts extends CustomerAnalytics {
        @Override
        Dataset<Row> readable(Dataset<Row> payments) {
            return super.readable(payments.distinct().withColumn("id", ownId()));
        }
    }

    @Misconception(
            believed = "Two payments with the same customer, time and amount are the same payment.",
            really = "They are two coffees. Only the id tells a repetition from a second purchase.",
            concept = "Deduplication")
    public static class MergesEqualPayments extends CustomerAnalytics {
        @Override
        Dataset<Row> readable(Dataset<Row> payments) {
            return super.readable(payments).dropDuplicates("customer", "day", "amount");
        }
    }

    @Misconception(
            believed = "Money is a double, and is rounded at the end.",
            really =
                    "A double has 53 bits, about 16 digits. Beyond them cents vanish, and no rounding brings them back.",
            concept = "Money and floating point")
    public static class SumsDoubles extends CustomerAnalytics {
        @Override
        Dataset<Row> totals(Dataset<Row> accounts, Dataset<Row> paid) {
            return super.totals(
                            accounts, paid.withColumn("amount", col("amount").cast("double")))
                    .withColumn("monetary", col("monetary").cast("decimal(28,2)"));
        }
    }

    @Misconception(
            believed = "row_number() numbers the customers by their sums.",
            really =
                    "It gives equal sums different numbers, by an order that nobody has chosen. Of two equal customers one is"
                            + " top and one is not, and tomorrow it is the other way round.",
            concept = "Window functions")
    public static class NumbersEqualSums extends CustomerAnalytics {
        @Override
        Column higher() {
            return row_number()
                    .over(PEERS.orderBy(col("monetary").desc(), col("customer")))
                    .minus(1);
        }
    }

    @Misconception(
            believed = "ntile(5) returns the fifth to which a customer's sum belongs.",
            really =
                    "It cuts the ordered rows into five parts of almost equal size. A cut goes through equal sums, too.",
            concept = "Window functions")
    public static class CutsIntoTiles extends CustomerAnalytics {
        @Override
        Column higher() {
            Column tile = ntile(5).over(PEERS.orderBy(
                    col("monetary").desc(), col("customer").desc()));
            return when(tile.equalTo(1), 0).otherwise(Integer.MAX_VALUE / 5);
        }
    }

    @Misconception(
            believed = "percent_rank() is the share of customers with a higher sum.",
            really =
                    "It divides by the number of the others, rows minus one. With six customers the second one has 0.2, not 1/6.",
            concept = "Window functions")
    public static class RanksByPercent extends CustomerAnalytics {
        @Override
        Column higher() {
            return percent_rank()
                    .over(PEERS.orderBy(col("monetary").desc()))
                    .multiply(count(lit(1)).over(PEERS));
        }
    }

    @Misconception(
            believed = "A fifth of the customers is a fifth of the rows.",
            really =
                    "Most rows of a customer table have never bought anything. Counted among them, a fifth is more than all who"
                            + " pay, and nearly everybody is top.",
            concept = "Window functions")
    public static class RanksAmongAll extends CustomerAnalytics {
        @Override
        Column higher() {
            WindowSpec all = Window.partitionBy(lit(1));
            Column higher = rank().over(all.orderBy(col("monetary").desc())).minus(1);
            return higher.multiply(count(lit(1)).over(PEERS))
                    .divide(count(lit(1)).over(all));
        }
    }

    /** Another id for each row, unless it has none. */
    private static Column ownId() {
        return when(col("id").isNotNull(), concat(col("id"), lit("/"), monotonically_increasing_id()));
    }
}
