package lesson08;

import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Readers want one number for the revenue of a day and a terminal. First it is merged from two views, as in a Lambda
 * architecture; then one view replaces another, as in a Kappa architecture. All views are computed from the same log of
 * payments. A payment has a <b>position</b> in the log, in the order of arrival; it is not in the order of the payments'
 * times.
 *
 * <h2>Lambda: {@link #serve}</h2>
 *
 * <p><b>In:</b> two tables with these columns in common: {@code day} date and {@code terminal} int, of the payments,
 * {@code payments} bigint, their number, at least 1, and {@code revenue} decimal(20,2), the sum of their amounts, null if
 * none has an amount.
 * <ul>
 * <li>{@code batchView} has in addition {@code upTo} bigint and {@code finished} timestamp. A run of the batch job reads the
 *     whole log before the position {@code upTo}, writes a row for each day and terminal, and finishes hours later, at {@code
 *     finished}. The table contains the rows of several runs. Rows are of the same run if both are equal.
 * <li>{@code speedView} has in addition {@code since} and {@code until} bigint. A micro-batch of the streaming job reads the
 *     log from the position {@code since}, inclusive, to {@code until}, exclusive, and appends a row for each day and terminal
 *     in it. Micro-batches do not overlap. A repeated one has written all its rows again, equal to those before. Those of the
 *     log's beginning may have been deleted.
 * </ul>
 * {@code day} and {@code terminal} may be null: payments without a time or a terminal count under null. Everything else is
 * never null. The rows are in no particular order. Each {@code upTo} is the end of a micro-batch. The micro-batches from the
 * end of the newest run on are all there. Either table may be empty; before the first run, no micro-batch has been deleted.
 *
 * <p><b>The run that counts</b> is the one that has read the most. A run may be repeated later, over the same or a smaller
 * part of the log, because it had a bug: of those with the same {@code upTo}, the one that finished last counts.
 *
 * <p><b>Out:</b> one row for each day and terminal, in any order: {@code day} date, {@code terminal} int, {@code payments}
 * bigint, {@code revenue} decimal, null if none of the payments has an amount, and {@code mean} double, {@code revenue}
 * divided by {@code payments}. Every payment of the log counts exactly once.
 *
 * <h2>Kappa: {@link #replace}</h2>
 *
 * <p>A job has been corrected, reads the log from its beginning, and fills a new table, while readers are served the old one,
 * which its own job keeps filling. {@code replace} is called again and again, whenever a job has written. No job writes
 * during a call.
 *
 * <p><b>Done means:</b> readers are served the new table as soon as it contains at least as much of the log as the old one,
 * not before, and from then on. Then the old table is dropped, once. A call changes nothing else, and does not serve again
 * what is served. At no moment is a table served that does not exist. Each call of {@link Tables} may throw an exception,
 * which {@code replace} passes on; it has then changed nothing, and the next call of {@code replace} does what remains to be
 * done.
 *
 * <p>Check it with {@code mvn test -Dlesson=08 -Dexercise=OneNumber}; hints are in
 * {@code exercises/lesson08/hints/OneNumber.md}.
 */
public class OneNumber {

    /** The tables of results. Each call is atomic. */
    public interface Tables {

        /** Up to which position, exclusive, a table contains the log; empty if there is no such table. */
        OptionalLong upTo(String table);

        /** The table that readers are served. */
        String served();

        /** From now on, readers are served this table. */
        void serve(String table);

        /**
         * Stops the job that fills a table, and deletes the table.
         *
         * @throws IllegalStateException if there is no such table
         */
        void drop(String table);
    }

    public Dataset<Row> serve(Dataset<Row> batchView, Dataset<Row> speedView) {
        throw new Unsolved();
    }

    public void replace(Tables tables, String old, String fresh) {
        throw new Unsolved();
    }
}
