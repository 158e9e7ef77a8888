package lesson03;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * The country of each payment: a stream of payments, joined with a table of terminals. A brick of the fraud pipeline.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * Any column may be null, and a payment may arrive twice.
 *
 * <p>And a table, not a stream, of terminals. Each change of a terminal added an entry, so a terminal may have several
 * entries, in any order, but no two of the same time, to the microsecond:
 * <table>
 * <caption>Columns of the table</caption>
 * <tr><td>{@code terminal}</td><td>int</td><td>may be null by mistake</td></tr>
 * <tr><td>{@code time}</td><td>timestamp</td><td>when the entry was written; never null</td></tr>
 * <tr><td>{@code country}</td><td>string</td><td>the country of the terminal; null if unknown, and possibly
 *     an empty text, which is a country like any other</td></tr>
 * <tr><td>{@code closed}</td><td>boolean</td><td>whether the terminal was removed; never null</td></tr>
 * </table>
 *
 * <p><b>Out:</b> a row for each row of the stream, with its five columns unchanged, and two more:
 * <table>
 * <caption>Columns that are added</caption>
 * <tr><td>{@code country}</td><td>string</td><td>the country in the terminal's newest entry: null if it is
 *     null there, whatever the earlier ones say</td></tr>
 * <tr><td>{@code known}</td><td>boolean</td><td>whether the terminal has an entry; never null</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> only the newest entry of a terminal counts, whatever the time of the payment. If that entry is
 * closed, the terminal is not known, as if it had no entry; a newer entry that is not closed reopens it. A payment whose
 * terminal is not known, or null, is kept: its country is null, and {@code known} is false. No payment is lost or
 * duplicated.
 *
 * <p>Check it with {@code mvn test -Dlesson=03 -Dexercise=EnrichPayments}; hints are in
 * {@code exercises/lesson03/hints/EnrichPayments.md}.
 */
public class EnrichPayments {

    public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
        throw new Unsolved();
    }
}
