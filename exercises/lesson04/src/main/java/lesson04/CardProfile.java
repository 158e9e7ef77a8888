package lesson04;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.Unsolved;

/**
 * How often has this card paid lately, and how much? Asked of each payment, and answered at once. A brick of the fraud
 * pipeline.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * They do not arrive in the order of their times.
 *
 * <p><b>Out:</b> one row for each payment, in append mode, with the columns of {@link #PROFILE}: its {@code id} and
 * {@code customer}, and for the last 1, 7 and 30 days the number of this customer's payments and their mean amount,
 * rounded half up to the cent.
 *
 * <p><b>Which payments count.</b> Of the same customer, this payment itself and those that came before it:
 * <ul>
 * <li>The last day is 24 whole hours of the clock (event time, UTC), the payment's own hour being the last of them; 7 days
 *     are 168 such hours, 30 days are 720. At 14:37 the last day reaches from 15:00 of the day before to the end of this
 *     hour. What was paid in later hours does not count, even where it came in earlier.
 * <li>A payment of an earlier batch came before it. Within a batch they count in the order of their times, and of their
 *     ids where the times are the same, in whatever order Spark hands them over.
 * <li>A payment that comes late counts in its own hour, from then on. A profile that has been put out stays as it is.
 * <li>A payment that lies a day or more behind the newest one of all batches before is too late: no row is put out for
 *     it, and it counts nowhere. Spark's own watermark may decide this, though it lags by a batch where batches follow one
 *     another without a pause.
 * </ul>
 *
 * <p><b>Done means:</b> besides, the state is bounded. An hour takes the same room whatever is paid in it, and what can
 * count no more goes, also of a customer who never comes again.
 *
 * <p>Check it with {@code mvn test -Dlesson=04 -Dexercise=CardProfile}; hints are in
 * {@code exercises/lesson04/hints/CardProfile.md}.
 */
public class CardProfile {

    /** The columns that come out. */
    public static final StructType PROFILE = StructType.fromDDL("id BIGINT, customer INT,"
            + " count_1d BIGINT, mean_1d DECIMAL(10,2), count_7d BIGINT, mean_7d DECIMAL(10,2),"
            + " count_30d BIGINT, mean_30d DECIMAL(10,2)");

    public Dataset<Row> profiles(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
