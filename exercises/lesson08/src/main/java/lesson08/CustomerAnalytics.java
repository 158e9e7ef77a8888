package lesson08;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Builds the table of customers that the marketing department reads: when and how much each customer has paid, and a segment.
 * The inputs are tables.
 *
 * <p><b>In:</b>
 * <ul>
 * <li>{@code payments}, as received, all columns text: {@code id}, {@code customer}, {@code time} in UTC such as {@code
 *     2026-03-30 09:15:00}, {@code amount} such as {@code 12.50}, {@code 7} or {@code -3.1}, with at most two decimals and
 *     at most 16 digits before them, and {@code terminal}. Blanks around a customer, a time or an amount do not matter; an
 *     id is compared as it is, and may be an empty text.
 * <li>{@code customers}: {@code customer} int, {@code name} string. A customer may be listed several times, with several
 *     names.
 * <li>{@code testers}, the employees who test the shop: {@code customer} int, {@code name} string, also several times.
 * <li>{@code day}: the last day of the report.
 * </ul>
 * Everything may be null. The rows are in no particular order.
 *
 * <p><b>A payment counts</b> if it has an id, its customer is a whole number without a decimal point, its time is a time, its
 * amount a number, and it was made on {@code day} or before. All others count nowhere. A payment may be delivered several
 * times: rows with the same id have the same values, perhaps written differently, such as {@code 7} and {@code 7.00}, and
 * count as one. Rows with different ids are different payments. A payment with an amount above zero is a <b>purchase</b>, one
 * with an amount below zero a refund.
 *
 * <p><b>Out:</b> one row for each customer who is listed, is not null and no tester, also without any payment, in any order:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code customer}</td><td>int</td><td></td></tr>
 * <tr><td>{@code recency}</td><td>int</td><td>the number of days from the date of the last purchase to {@code day}; null without
 *     a purchase</td></tr>
 * <tr><td>{@code frequency}</td><td>bigint</td><td>the number of purchases, or 0</td></tr>
 * <tr><td>{@code monetary}</td><td>decimal</td><td>the exact sum of all amounts, including refunds, or 0</td></tr>
 * <tr><td>{@code segment}</td><td>string</td><td>the first of these that applies:<br>
 *     {@code none}: no purchase<br>
 *     {@code lost}: {@code recency} is more than 90<br>
 *     {@code top}: of the customers in the output with a purchase, less than a fifth have a higher {@code monetary}<br>
 *     {@code regular}: all others</td></tr>
 * </table>
 *
 * <p>The session's time zone is UTC.
 *
 * <p>Check it with {@code mvn test -Dlesson=08 -Dexercise=CustomerAnalytics}; hints are in
 * {@code exercises/lesson08/hints/CustomerAnalytics.md}.
 */
public class CustomerAnalytics {

    public Dataset<Row> segments(Dataset<Row> payments, Dataset<Row> customers, Dataset<Row> testers, LocalDate day) {
        throw new Unsolved();
    }
}
