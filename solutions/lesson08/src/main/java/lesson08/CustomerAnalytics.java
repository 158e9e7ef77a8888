package lesson08;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Payments and customers are each there once before they are joined, so the join neither doubles nor loses an amount. The
 * ranking comes last, over the customers of the result, and separately over those with a purchase.
 */
public class CustomerAnalytics {

    private static final WindowSpec PEERS = Window.partitionBy(col("last").isNull());

    public Dataset<Row> segments(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
        Dataset<Row> paid = readable(payments).where(col("day").leq(lit(day)));
        return table(totals(accounts(customers, testers), paid), day);
    }

    /** Each payment once, with the types of its values and its date; without those that cannot be read. */
    Dataset<Row> readable(Dataset<Row> payments) {
        return payments.dropDuplicates("id")
                .select(
                        col("id"),
                        col("customer").try_cast("int"),
                        col("time").try_cast("timestamp").cast("date").as("day"),
                        col("amount").try_cast("decimal(18,2)"))
                .na()
                .drop();
    }

    Dataset<Row> accounts(Dataset<Row> customers, Dataset<Row> testers) {
        return customers
                .join(testers, "customer", "left_anti")
                .select("customer")
                .distinct()
                .na()
                .drop();
    }

    /** For each account the date of its last purchase, {@code last}, {@code frequency} and {@code monetary}. */
    Dataset<Row> totals(Dataset<Row> accounts, Dataset<Row> paid) {
        Column isPurchase = col("amount").gt(0);
        return accounts.join(paid, "customer", "left")
                .groupBy("customer")
                .agg(
                        max(when(isPurchase, col("day"))).as("last"),
                        count_if(isPurchase).as("frequency"),
                        coalesce(sum("amount"), lit(0)).as("monetary"));
    }

    Dataset<Row> table(Dataset<Row> totals, LocalDate day) {
        return totals.withColumn("higher", higher())
                .withColumn("peers", count(lit(1)).over(PEERS))
                .select(
                        col("customer"),
                        datediff(lit(day), col("last")).as("recency"),
                        col("frequency"),
                        col("monetary"),
                        segment(day).as("segment"));
    }

    /** How many of the peers have a higher sum. */
    Column higher() {
        return rank().over(PEERS.orderBy(col("monetary").desc())).minus(1);
    }

    private static Column segment(LocalDate day) {
        return when(col("last").isNull(), "none")
                .when(col("last").lt(lit(day.minusDays(90))), "lost")
                .when(col("higher").multiply(5).lt(col("peers")), "top")
                .otherwise("regular");
    }
}
