package lesson03;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * The three busiest hours so far. An hour may begin at any quarter.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * They arrive in any order. Any column may be null: without a {@code customer} it is cash. Every row counts as one
 * payment, whatever its amount, and twice if it arrives twice. Only a payment without a time is in no hour;
 * a time may be in the future.
 *
 * <p>An hour begins at 9:00, 9:15, 9:30 and so on. It lasts sixty minutes, including its start and excluding its end,
 * so every payment is in four hours.
 *
 * <p><b>Out:</b> the three hours with the most payments, of those that have at least one; fewer if fewer have one:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code hour}</td><td>timestamp</td><td>the start of the hour</td></tr>
 * <tr><td>{@code payments}</td><td>bigint</td><td>the number of payments in it</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in complete mode, each batch emits the three busiest hours of all payments so far, the busiest
 * first; of two equally busy hours, the earlier one first. Late payments count, however late they are.
 *
 * <p>Check it with {@code mvn test -Dlesson=03 -Dexercise=BusiestHours}; hints are in
 * {@code exercises/lesson03/hints/BusiestHours.md}.
 */
public class BusiestHours {

    public Dataset<Row> busiest(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
