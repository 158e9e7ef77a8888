package lesson11;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import workbook.check.Unsolved;

/**
 * Loads a day of payments so that it may fail at any moment and be tried again, for any day, in any order.
 *
 * <p><b>In:</b> the day, the number of the attempt, and the {@link Lake}. An attempt may be the first for its day, or follow one that has
 * crashed or that has loaded the day: the payments of the day may be others by now. Attempts have numbers that grow. The scheduler
 * repeats a load that has thrown.
 *
 * <p><b>Out:</b> what is in the lake.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>When a load has ended, the gold table has one row of its day for each terminal, with the sum of the payments that the lake has for
 *     the day at that time, and the dead letters have those payments of the day that are malformed. Other days are as before.
 * <li>A payment is malformed if it has no terminal, or cents that are null or not a number that {@link Long#parseLong(String)} takes.
 * <li>Whenever somebody reads a day of a table, also after a crash, he gets the rows from before the load or those that it leads
 *     to, never a part of them, and never none if neither has none.
 * <li>A day is complete when both tables have their rows, not before. A day that is complete stays so when it is loaded again.
 * <li>An attempt that is overtaken by a later one for the same day, and goes on after that, changes nothing any more.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=11 -Dexercise=TryAgain}; hints are in {@code exercises/lesson11/hints/TryAgain.md}.
 */
public class TryAgain {

    /**
     * A payment as it was received.
     *
     * @param terminal may be null
     * @param cents may be null or anything
     */
    public record Payment(long id, String terminal, String cents) {}

    /** A row of the gold table. */
    public record Revenue(String terminal, long cents) {}

    /**
     * The tables. Each change may fail: then the method throws, and nothing has changed. The process may crash after each change: then the
     * method that has made it throws, and so do all further ones.
     */
    public interface Lake {

        /** The payments of a day, as far as they have been received. */
        List<Payment> payments(LocalDate day);

        /**
         * Begins an attempt: changes by attempts for this day with lower numbers throw from now on, this method included.
         *
         * @throws IllegalStateException if an attempt with a higher number has begun
         */
        void begin(LocalDate day, int attempt);

        Table<Revenue> gold();

        Table<Payment> deadLetters();

        /** Tells readers that both tables have the rows of this day. */
        void complete(LocalDate day, int attempt);

        Set<LocalDate> completeDays();
    }

    /**
     * A table with a partition for each day. Each method is one change: readers see all of it, or nothing.
     *
     * <p>The methods throw an {@link IllegalStateException} if a later attempt for the day has begun.
     */
    public interface Table<R> {

        /** Adds rows to a day. */
        void append(LocalDate day, int attempt, List<R> rows);

        /** Removes all rows of a day. */
        void delete(LocalDate day, int attempt);

        /** Removes all rows of a day, and adds these. */
        void replace(LocalDate day, int attempt, List<R> rows);

        /** Removes all rows of all days, and adds these to this day. */
        void overwrite(LocalDate day, int attempt, List<R> rows);
    }

    public void load(LocalDate day, int attempt, Lake lake) {
        throw new Unsolved();
    }
}
