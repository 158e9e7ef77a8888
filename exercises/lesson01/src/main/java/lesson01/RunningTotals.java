package lesson01;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Computes the number and the sum of each customer's payments so far.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * None of them is null. An amount may be zero, or below zero if it was paid back.
 *
 * <p><b>Out:</b> one row for each customer, over all payments seen so far:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code customer}</td><td>int</td><td>the customer</td></tr>
 * <tr><td>{@code payments}</td><td>bigint</td><td>the number of payments; one that arrives twice counts twice</td></tr>
 * <tr><td>{@code total}</td><td>decimal</td><td>the sum of their amounts, to the cent; it may exceed the largest amount</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in update mode each batch emits the customers that paid in it, with their new totals; in complete
 * mode each batch emits every customer. You write one query for both; the caller chooses the mode.
 *
 * <p>Check it with {@code mvn test -Dlesson=01 -Dexercise=RunningTotals}; hints are in
 * {@code exercises/lesson01/hints/RunningTotals.md}.
 */
public class RunningTotals {

    public Dataset<Row> totals(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
