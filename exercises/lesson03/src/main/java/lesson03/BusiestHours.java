package lesson03;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * When is most going on? The three busiest hours so far, wherever in the hour they begin.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * They do not arrive in the order of their times, and {@code customer} may be null: cash.
 *
 * <p>An hour may begin at any full quarter: 9:00, 9:15, 9:30 and so on. It lasts sixty minutes, its beginning included
 * and its end not, so every payment lies in four hours.
 *
 * <p><b>Out:</b> of the hours that have a payment, the three with the most payments:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code hour}</td><td>timestamp</td><td>when the hour begins</td></tr>
 * <tr><td>{@code payments}</td><td>bigint</td><td>how many payments lie in it</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in complete mode, each batch puts out the three busiest hours of all payments so far, the busiest
 * first; of two that are equally busy, the earlier one first. Late payments count, however late they are.
 *
 * <p>Check it with {@code mvn test -Dlesson=03 -Dexercise=BusiestHours}; hints are in
 * {@code exercises/lesson03/hints/BusiestHours.md}.
 */
public class BusiestHours {

    public Dataset<Row> busiest(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
