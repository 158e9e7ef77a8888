package lesson11;

import static java.util.Comparator.comparing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import lesson11.TryAgain.Lake;
import lesson11.TryAgain.Payment;
import lesson11.TryAgain.Revenue;
import lesson11.TryAgain.Table;

/** A lake in memory. It does something unexpected at one change: before it, or after it. */
final class FragileLake implements Lake {

    /** The process of the answer has died. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;

        Crash() {
            super("the process has crashed");
        }
    }

    /** A later attempt for the day has begun. */
    static final class Fenced extends IllegalStateException {
        private static final long serialVersionUID = 1;

        Fenced(LocalDate day, int attempt) {
            super("attempt %d for %s has been overtaken".formatted(attempt, day));
        }
    }

    /** A table in memory. */
    final class Partitions<R> implements Table<R> {

        private final Map<LocalDate, List<R>> days = new TreeMap<>();

        @Override
        public void append(LocalDate day, int attempt, List<R> rows) {
            change(
                    day,
                    attempt,
                    () -> days.computeIfAbsent(day, any -> new ArrayList<>()).addAll(rows));
        }

        @Override
        public void delete(LocalDate day, int attempt) {
            change(day, attempt, () -> days.remove(day));
        }

        @Override
        public void replace(LocalDate day, int attempt, List<R> rows) {
            change(day, attempt, () -> days.put(day, new ArrayList<>(rows)));
        }

        @Override
        public void overwrite(LocalDate day, int attempt, List<R> rows) {
            change(day, attempt, () -> {
                days.clear();
                days.put(day, new ArrayList<>(rows));
            });
        }

        /** The rows of a day as sorted text, separated by blanks. */
        String text(LocalDate day, Function<R, String> text) {
            return days.getOrDefault(day, List.of()).stream().map(text).sorted().collect(Collectors.joining(" "));
        }
    }

    private final Map<LocalDate, List<Payment>> payments = new HashMap<>();
    private final Map<LocalDate, Integer> begun = new HashMap<>();
    private final Partitions<Revenue> gold = new Partitions<>();
    private final Partitions<Payment> deadLetters = new Partitions<>();
    private final Set<LocalDate> complete = new TreeSet<>();
    private final Runnable afterEachChange;
    private int changes;
    private int crashAfter;
    private int interruptBefore;
    private Runnable interruption;
    private boolean isCrashed;

    /** @param afterEachChange looks at the lake as a reader would */
    FragileLake(Runnable afterEachChange) {
        this.afterEachChange = afterEachChange;
    }

    void receive(LocalDate day, List<Payment> received) {
        payments.put(day, List.copyOf(received));
    }

    /** Counts changes from here on, and crashes after the change with this number. */
    void crashAfter(int number) {
        startAgain();
        crashAfter = number;
    }

    /** Counts changes from here on, and does something before the change with this number. */
    void interruptBefore(int number, Runnable interruption) {
        startAgain();
        interruptBefore = number;
        this.interruption = interruption;
    }

    void startAgain() {
        changes = 0;
        crashAfter = 0;
        interruptBefore = 0;
        isCrashed = false;
    }

    boolean isCrashed() {
        return isCrashed;
    }

    private void change(LocalDate day, int attempt, Runnable change) {
        if (isCrashed) {
            throw new Crash();
        }
        changes++;
        if (changes == interruptBefore) {
            interruptBefore = 0;
            interruption.run();
        }
        if (begun.getOrDefault(day, 0) > attempt) {
            throw new Fenced(day, attempt);
        }
        change.run();
        afterEachChange.run();
        if (changes == crashAfter) {
            isCrashed = true;
            throw new Crash();
        }
    }

    @Override
    public List<Payment> payments(LocalDate day) {
        return payments.getOrDefault(day, List.of());
    }

    @Override
    public void begin(LocalDate day, int attempt) {
        change(day, attempt, () -> begun.put(day, attempt));
    }

    @Override
    public Table<Revenue> gold() {
        return gold;
    }

    @Override
    public Table<Payment> deadLetters() {
        return deadLetters;
    }

    @Override
    public void complete(LocalDate day, int attempt) {
        change(day, attempt, () -> complete.add(day));
    }

    @Override
    public Set<LocalDate> completeDays() {
        return Set.copyOf(complete);
    }

    String goldOf(LocalDate day) {
        return gold.text(day, row -> row.terminal() + "=" + row.cents());
    }

    String deadOf(LocalDate day) {
        return deadLetters.text(day, payment -> String.valueOf(payment.id()));
    }

    /** The days that have rows in either table. */
    List<LocalDate> days() {
        Set<LocalDate> days = new TreeSet<>(gold.days.keySet());
        days.addAll(deadLetters.days.keySet());
        return days.stream().sorted(comparing(LocalDate::toEpochDay)).toList();
    }
}
