package workbook.race;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import workbook.kit.Payment;

/** The payments that were sent, in order of their times: the revenues to be found, and when each hour became due. */
final class SentPayments {

    /** A terminal in an hour, for which there has to be one row. */
    record Group(Instant hour, int terminal) {}

    static final Duration HOUR = Duration.ofHours(1);
    static final Duration GRACE = Duration.ofMinutes(30);

    private final Map<Group, BigDecimal> revenues = new HashMap<>();
    private final TreeSet<Instant> open = new TreeSet<>();
    private final Map<Instant, Long> due = new HashMap<>();
    private long payments;

    /**
     * Adds a payment.
     *
     * @param nanos the moment at which it is sent, by {@link System#nanoTime}
     */
    void add(Payment payment, long nanos) {
        Instant hour = payment.time().truncatedTo(ChronoUnit.HOURS);
        revenues.merge(new Group(hour, payment.terminal()), payment.amount(), BigDecimal::add);
        open.add(hour);
        while (!open.first().plus(HOUR).plus(GRACE).isAfter(payment.time())) {
            due.put(open.pollFirst(), nanos);
        }
        payments++;
    }

    /** The groups whose hour became due from one moment to another, exclusive. */
    Set<Group> due(long from, long to) {
        return revenues.keySet().stream()
                .filter(group -> due.containsKey(group.hour()))
                .filter(group -> from <= dueAt(group) && dueAt(group) < to)
                .collect(Collectors.toSet());
    }

    /** The moment at which the group's hour became due. */
    long dueAt(Group group) {
        return due.get(group.hour());
    }

    /** The sum of the group's payments; empty if there are none. */
    Optional<BigDecimal> revenue(Group group) {
        return Optional.ofNullable(revenues.get(group));
    }

    long payments() {
        return payments;
    }
}
