package lesson07;

import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Builds the examples that a model is trained on tonight: each payment with the feature as it was known when the payment
 * was made, and with its label. The inputs are tables.
 *
 * <p><b>In:</b>
 * <ul>
 * <li>{@code payments}: {@code id} bigint, never null, unique, {@code time} timestamp, {@code customer} int.
 * <li>{@code features}: {@code customer} int, {@code at} timestamp, the moment for which it holds, {@code known} timestamp, when
 *     it was written, and {@code mean} double, the mean amount of the customer's payments. A feature may be written again
 *     later, with another mean or none: a correction. No two have the same customer, {@code at} and {@code known}.
 * <li>{@code labels}: {@code id} bigint, a payment's, and {@code reported} timestamp, when it was reported as a fraud.
 *     There may be several for one payment.
 * <li>{@code night}: now.
 * </ul>
 * Everything but the payments' ids may be null, and {@code mean} NaN. The rows are in no particular order.
 *
 * <p><b>Out:</b> one row for each example, in any order:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>the payment's</td></tr>
 * <tr><td>{@code mean}</td><td>double</td><td>of its feature; null if there is none, or if that feature's is null or
 *     NaN</td></tr>
 * <tr><td>{@code fraud}</td><td>boolean</td><td>whether it was reported at {@code night} or before</td></tr>
 * </table>
 *
 * <p><b>The examples</b> are the payments that were made 168 hours before {@code night} or earlier, to the microsecond:
 * of these the label is known, since customers report frauds within seven days. A younger payment is no example,
 * whatever has been reported, nor is one without a time. Every other payment is one, also of a new customer and without
 * a customer.
 *
 * <p><b>A payment's feature</b> is one of its customer, none for a payment without a customer, with {@code at} not after
 * the payment's time, and written by then: {@code known} not after the payment's time either. Of several that with the
 * latest {@code at}; of those of one {@code at} that with the latest {@code known}. A feature without {@code at} or
 * {@code known} is none.
 *
 * <p>Check it with {@code mvn test -Dlesson=07 -Dexercise=TrainingSet}; hints are in
 * {@code exercises/lesson07/hints/TrainingSet.md}.
 */
public class TrainingSet {

    public Dataset<Row> examples(Dataset<Row> payments, Dataset<Row> features, Dataset<Row> labels, Instant night) {
        throw new Unsolved();
    }
}
