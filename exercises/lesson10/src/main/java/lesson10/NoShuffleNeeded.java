package lesson10;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import workbook.check.Unsolved;

/**
 * Rewrites a query that shuffles each payment several times, so that it shuffles sums only. The query is {@link #slow}: its
 * rows are right.
 *
 * <p><b>In:</b> three tables, in any order, each of them possibly empty. Spark does not know their sizes.
 * <table>
 * <caption>The tables</caption>
 * <tr><td>{@code payments}</td><td>many, in several partitions</td><td>the columns of {@link workbook.kit.Payment#SCHEMA}:
 *     {@code id} bigint, unique and never null; {@code time} timestamp, {@code customer} int, {@code terminal} int and
 *     {@code amount} decimal(10,2), each of which may be null; {@code amount} may be negative, for a refund</td></tr>
 * <tr><td>{@code customers}</td><td>about a hundred</td><td>{@code customer} bigint, unique, may be null by mistake and
 *     greater than any int; {@code city} string, may be null</td></tr>
 * <tr><td>{@code terminals}</td><td>about thirty</td><td>{@code terminal} int, unique, may be null by mistake; {@code kind}
 *     string, may be null</td></tr>
 * </table>
 *
 * <p>A payment whose customer is null, or not in {@code customers}, has no city: its city is null, as that of a customer
 * whose city is null. A payment whose terminal is null, or not in {@code terminals}, does not count. Null equals nothing, not
 * even another null.
 *
 * <p><b>Out:</b> one row for each city and kind with at least one payment that counts, in any order:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code city}</td><td>string</td><td>may be null</td></tr>
 * <tr><td>{@code kind}</td><td>string</td><td>may be null</td></tr>
 * <tr><td>{@code payments}</td><td>bigint</td><td>their number</td></tr>
 * <tr><td>{@code revenue}</td><td>decimal(20,2)</td><td>the sum of their amounts, null if none has an amount</td></tr>
 * <tr><td>{@code newest}</td><td>bigint</td><td>the id of the payment with the latest time, of equal times the greatest id;
 *     a payment without a time is older than all others</td></tr>
 * </table>
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>The rows are those of {@link #slow}.
 * <li>There is one shuffle at most. Each partition of the payments writes at most one row for each row of the result into
 *     it: for payments in 4 partitions and a result of 40 rows, these are 160 rows.
 * <li>The payments are not broadcast, only the two small tables.
 * <li>Each partition of the payments is read and added up by a task of its own.
 * <li>Nothing is cached: each table is read once.
 * <li>The session has the same settings as before, because other queries use it. Adaptive execution is on.
 * </ul>
 *
 * <p>Begin with {@code return slow(payments, customers, terminals);}, and the checkpoint shows what that costs. Check it with
 * {@code mvn test -Dlesson=10 -Dexercise=NoShuffleNeeded}; hints are in {@code exercises/lesson10/hints/NoShuffleNeeded.md}.
 */
public class NoShuffleNeeded {

    public Dataset<Row> rewritten(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
        throw new Unsolved();
    }

    /** The query as it is. */
    static Dataset<Row> slow(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> terminals) {
        WindowSpec all = Window.partitionBy("city", "kind");
        WindowSpec newestFirst = all.orderBy(col("time").desc(), col("id").desc());
        return payments.distinct()
                .repartition(8, col("customer"))
                .withColumn("customer", col("customer").cast("bigint"))
                .join(customers, new String[] {"customer"}, "left")
                .orderBy("time", "id")
                .join(terminals, "terminal")
                .withColumn("payments", count(lit(1)).over(all))
                .withColumn("revenue", sum("amount").over(all))
                .withColumn("place", row_number().over(newestFirst))
                .where("place = 1")
                .select(
                        col("city"),
                        col("kind"),
                        col("payments"),
                        col("revenue"),
                        col("id").as("newest"));
    }
}
