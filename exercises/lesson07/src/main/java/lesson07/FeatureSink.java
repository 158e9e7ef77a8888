package lesson07;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Keeps the newest features of each customer and terminal in an online store, which other processes write, too. A brick
 * of the capstone.
 *
 * <p><b>In:</b> batches for {@code foreachBatch}, and their numbers. A batch may be empty:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code key}</td><td>string</td><td>whose features they are, such as {@code customer/10}</td></tr>
 * <tr><td>{@code time}</td><td>timestamp</td><td>event time of the payment after which they hold, to the
 *     microsecond</td></tr>
 * <tr><td>{@code id}</td><td>bigint</td><td>that payment's</td></tr>
 * <tr><td>{@code features}</td><td>struct</td><td>any fields, also maps, which Spark cannot compare</td></tr>
 * </table>
 *
 * <p>The rows are in no particular order, and rows that were stored before come again. A row without {@code key}, {@code
 * time} or {@code id} is not stored. {@code features} is stored as it is: null if the customer has no features any more,
 * with null and NaN in its fields. Two rows with the same key, time and id are equal.
 *
 * <p><b>Out:</b> after each batch the {@link Store} holds for each key the newest of the entries that others have
 * written and of the rows of all batches: the one with the latest time; of several with that time, the one with the
 * highest id. An older row never replaces a newer entry, whoever wrote it. Keys that are not in a batch keep what they
 * have.
 *
 * <p><b>Done means:</b> that holds also if another process writes a key between any two of your calls. Each key of a
 * batch is written once, or not at all if its entry need not change. A {@code replace} that returns false has written
 * nothing, and is tried again. You may call the store on the driver or in tasks. If it throws, the function throws any
 * exception: when it returns, Spark commits the batch and never passes it again.
 *
 * <p>Check it with {@code mvn test -Dlesson=07 -Dexercise=FeatureSink}; hints are in
 * {@code exercises/lesson07/hints/FeatureSink.md}.
 */
public class FeatureSink {

    /** The features of a key in the store, and the payment after which they hold. Equal if all values are. */
    public record Entry(Instant time, long id, Row features) implements Serializable {}

    /** The online store. Each call is atomic, and may throw a {@link RuntimeException} if the store cannot be reached. */
    public interface Store extends Serializable {

        /** Returns the entry of a key; empty if there is none. */
        Optional<Entry> get(String key);

        /** Writes an entry, whatever is there. */
        void put(String key, Entry entry);

        /**
         * Writes an entry if that of the key is still {@code expected}, or if there is still none and {@code expected} is
         * null. Returns whether it has written.
         */
        boolean replace(String key, Entry expected, Entry entry);
    }

    /** Returns the function that {@code foreachBatch} calls with each batch and its number. */
    public VoidFunction2<Dataset<Row>, Long> sink(Store store) {
        throw new Unsolved();
    }
}
