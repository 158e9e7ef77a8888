package lesson03;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * In which country was that? A stream of payments, joined with the table of terminals. A brick of the fraud pipeline.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * {@code terminal} may be null.
 *
 * <p>And a table, no stream, of what is known of the terminals. Whenever something changed, an entry was added, so a
 * terminal may have several, in any order, but no two of the same time:
 * <table>
 * <caption>Columns of the table</caption>
 * <tr><td>{@code terminal}</td><td>int</td><td>null where somebody forgot to fill it in</td></tr>
 * <tr><td>{@code time}</td><td>timestamp</td><td>when the entry was written; never null</td></tr>
 * <tr><td>{@code country}</td><td>string</td><td>where the terminal stands; null where nobody knows</td></tr>
 * <tr><td>{@code closed}</td><td>boolean</td><td>whether it has been taken away; never null</td></tr>
 * </table>
 *
 * <p><b>Out:</b> every payment once, with its five columns as they were, and two more:
 * <table>
 * <caption>Columns that are added</caption>
 * <tr><td>{@code country}</td><td>string</td><td>as the terminal's entry has it</td></tr>
 * <tr><td>{@code known}</td><td>boolean</td><td>whether the terminal has an entry; never null</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> of a terminal's entries only the newest counts, whatever the time of the payment. Where that one
 * says closed, the terminal is not known, as if it had no entry at all. A payment whose terminal is not known, or null,
 * is kept: its country is null, and {@code known} is false. No payment is lost, and none comes twice.
 *
 * <p>Check it with {@code mvn test -Dlesson=03 -Dexercise=EnrichPayments}; hints are in
 * {@code exercises/lesson03/hints/EnrichPayments.md}.
 */
public class EnrichPayments {

    public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
        throw new Unsolved();
    }
}
