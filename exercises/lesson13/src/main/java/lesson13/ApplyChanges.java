package lesson13;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.check.Unsolved;

/**
 * Applies the changes of a database's table to a copy of it.
 *
 * <p><b>In:</b> the records of a topic, batch by batch, as Debezium's connector for PostgreSQL writes them with
 * {@code schemas.enable=false}. The table of the database is {@code terminals (id INT PRIMARY KEY, country TEXT, contract
 * TEXT)}, without {@code REPLICA IDENTITY FULL}. Key and value are JSON:
 * <pre>
 * {"id": 7}
 * {"before": null, "after": {"id": 7, "country": "BE", "contract": null},
 *  "source": {"lsn": 26714896, "ts_ms": 1767258000000, …}, "op": "u", …}
 * </pre>
 * {@code op} is {@code r} for a row of a snapshot, {@code c} for a new row, {@code u} for a changed one, {@code d} for a
 * deleted one. {@code source.lsn} is the position of a change in the log of the database. The changes of a terminal have rising
 * positions and come in this order; one with the same position is the same change. In an {@code r}, it says how far the log was when
 * the snapshot was taken. The snapshot has none of the changes behind this position, and nearly all of those before it: those of a
 * transaction that was open are missing, and come after the snapshot.
 *
 * <p>After a {@code d} comes a tombstone, which has a value of null. A terminal that gets another id is a {@code d} of the old
 * one and a {@code c} of the new one. Where {@code country} or {@code contract} has the value {@link #UNCHANGED}, the terminal
 * keeps what it had.
 *
 * <p><b>Out:</b> the {@link Table}.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>An event is newer than what the table has of its terminal if its position is higher. The events of a batch are applied
 *     one after the other, each if it is newer. A terminal that was deleted stays in the table, marked as {@code deleted} and
 *     without its values.
 * <li>A row of a snapshot is written with the position 0: every change that comes after it is newer.
 * <li>Events come again after a restart of Debezium or of this program, from some event on, cut into other batches. Tombstones
 *     change nothing.
 * <li>A batch is read with at most one call of {@link Table#read}, of its own terminals, and written with at most one call of
 *     {@link Table#write}; with none if nothing is newer than the table.
 * <li>What cannot be applied is set aside with the first {@link Reason} that applies, and as it was received, before the batch
 *     is written. The other events of the batch are applied.
 * <li>If the table throws, the method throws that exception, or one with it as its cause. Then the batch comes again, cut
 *     in another way, to the same object or to a new one. No other exception leaves the method.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=13 -Dexercise=ApplyChanges}; hints are in
 * {@code exercises/lesson13/hints/ApplyChanges.md}.
 */
public class ApplyChanges {

    /** What Debezium writes for a big value that an update has not changed: PostgreSQL's log does not have it. */
    public static final String UNCHANGED = "__debezium_unavailable_value";

    /**
     * A record of the topic.
     *
     * @param key may be anything, also null
     * @param value may be anything; null in a tombstone
     */
    public record Change(String key, String value) {}

    /**
     * A row of the table.
     *
     * @param country may be null
     * @param contract may be null
     * @param lsn the position of the change that left the terminal so; 0 if it is the row of a snapshot
     * @param deleted whether it was deleted; country and contract are null then
     */
    public record Terminal(int id, String country, String contract, long lsn, boolean deleted) {}

    /** Why an event is set aside. */
    public enum Reason {
        /** The key is not a JSON object with an {@code id} that is an int. */
        NO_KEY,
        /** The value is not a JSON object, or its {@code op} is not one of the four. */
        NO_CHANGE,
        /** {@code source.lsn} is missing, or not an integer of 64 bits. */
        NO_POSITION,
        /**
         * It is no {@code d}, and {@code after} is not a row of the table: it has not the key's id, or country or contract is
         * missing or is neither null nor text. It may have more columns.
         */
        NO_ROW,
        /**
         * It is newer, a value is {@link #UNCHANGED}, and what it was is not known: with the earlier events of the batch, the table
         * does not have the terminal, or has it as deleted.
         */
        UNKNOWN_VALUE
    }

    /** The table that is kept. */
    public interface Table {

        /**
         * Reads the terminals with these ids, also deleted ones. Those that the table never had are missing.
         *
         * @throws java.io.UncheckedIOException if it fails
         */
        Map<Integer, Terminal> read(Set<Integer> ids);

        /**
         * Adds terminals, or replaces those with the same ids, in one transaction.
         *
         * @param terminals each id at most once
         * @throws java.io.UncheckedIOException if it fails; all or none of them are written then
         */
        void write(Collection<Terminal> terminals);

        /** Keeps an event that cannot be applied. An event that comes again may be set aside again. */
        void setAside(Change event, Reason reason);
    }

    /** Applies a batch. The table is the same in all calls. */
    public void apply(List<Change> batch, Table table) {
        throw new Unsolved();
    }
}
