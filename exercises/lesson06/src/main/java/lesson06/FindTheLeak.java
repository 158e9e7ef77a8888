package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * {@link #leaking} is right, and has been for weeks. Every day it needs more memory than the day before, and one day it
 * will have none. What does it never forget? Mend it.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * They do not arrive in the order of their times. A sender that got no answer sends its payment again: the row comes
 * twice or more often, sooner or later, and is the same in every column. Different payments have different ids.
 *
 * <p><b>Out:</b> in append mode, what {@link #leaking} puts out: {@code hour} timestamp, {@code terminal} int,
 * {@code revenue} decimal, one row for each full hour of event time, UTC, and each terminal.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>the same rows come out, and each of them after the same batch: an hour is put out when a payment has been seen that
 *     is thirty minutes younger than its end, and until then every payment of that hour counts, once, however late;
 * <li>of an hour that has been put out, nothing stays in the state, nor of a payment that came too late for it.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=FindTheLeak}; hints are in
 * {@code exercises/lesson06/hints/FindTheLeak.md}.
 */
public class FindTheLeak {

    /** The query with the leak. */
    public static Dataset<Row> leaking(Dataset<Row> payments) {
        return payments.dropDuplicates("id")
                .withWatermark("time", "30 minutes")
                .groupBy(window(col("time"), "1 hour").as("hours"), col("terminal"))
                .agg(sum("amount").as("revenue"))
                .select(col("hours.start").as("hour"), col("terminal"), col("revenue"));
    }

    /** The same without it. */
    public Dataset<Row> mended(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
