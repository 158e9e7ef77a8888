package lesson11;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Computes the whole day, then replaces it: the second time changes nothing that the first time has done. It reads nothing of what earlier
 * attempts have left, so it needs not know where they stopped.
 *
 * <p>{@code begin} is for an attempt that nobody has ended: a scheduler that starts a task again does not know whether the job of the
 * first one still runs. From then on, the lake refuses what the earlier attempt writes.
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
        begin(day, attempt, lake);
        List<Payment> payments = lake.payments(day);
        write(lake.gold(), day, attempt, revenue(payments));
        write(lake.deadLetters(), day, attempt, malformed(payments));
        lake.complete(day, attempt);
    }

    void begin(LocalDate day, int attempt, Lake lake) {
        lake.begin(day, attempt);
    }

    <R> void write(Table<R> table, LocalDate day, int attempt, List<R> rows) {
        table.replace(day, attempt, rows);
    }

    List<Revenue> revenue(List<Payment> payments) {
        Map<String, Long> cents = payments.stream()
                .filter(payment -> !isMalformed(payment))
                .collect(Collectors.groupingBy(
                        Payment::terminal, TreeMap::new, Collectors.summingLong(payment -> cents(payment))));
        return cents.entrySet().stream()
                .map(sum -> new Revenue(sum.getKey(), sum.getValue()))
                .toList();
    }

    long cents(Payment payment) {
        return Long.parseLong(payment.cents());
    }

    List<Payment> malformed(List<Payment> payments) {
        return payments.stream().filter(this::isMalformed).toList();
    }

    boolean isMalformed(Payment payment) {
        return payment.terminal() == null || !isNumber(payment.cents());
    }

    /** Null is not one: {@code parseLong} throws for it, too. */
    private static boolean isNumber(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
