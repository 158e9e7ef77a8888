package workbook.race;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import workbook.kit.engines.Revenue;
import workbook.race.SentPayments.Group;

/** The rows of an engine. A row's latency begins with the payment that made its hour due. */
final class Rows implements Output {

    private final SentPayments sentPayments;
    private final List<Revenue> all = new ArrayList<>();
    private final Map<Group, Long> firstRead = new HashMap<>();
    private long unreadable;

    Rows(SentPayments sentPayments) {
        this.sentPayments = sentPayments;
    }

    @Override
    public synchronized void read(String json, long nanos) {
        try {
            Revenue row = Revenue.fromJson(json);
            firstRead.putIfAbsent(group(row), nanos);
            all.add(row);
        } catch (RuntimeException e) {
            unreadable++;
        }
    }

    @Override
    public synchronized boolean isComplete(long from, long to) {
        return firstRead.keySet().containsAll(sentPayments.due(from, to));
    }

    @Override
    public synchronized Histogram latencies(long from, long to) {
        Histogram micros = new Histogram(3);
        for (Group group : sentPayments.due(from, to)) {
            if (firstRead.containsKey(group)) {
                micros.recordValue(Math.max(0, firstRead.get(group) - sentPayments.dueAt(group)) / 1_000);
            }
        }
        return micros;
    }

    @Override
    public synchronized Faults faults(long from, long to) {
        Set<Group> due = sentPayments.due(from, to);
        long wrong = all.stream()
                .filter(row -> due.contains(group(row))
                        || sentPayments.revenue(group(row)).isEmpty())
                .filter(row -> !isRight(row))
                .count();
        Set<Group> missing = new HashSet<>(due);
        missing.removeAll(firstRead.keySet());
        return new Faults(unreadable + wrong, all.size() - firstRead.size(), missing.size());
    }

    private boolean isRight(Revenue row) {
        return sentPayments
                .revenue(group(row))
                .filter(revenue -> revenue.compareTo(row.revenue()) == 0)
                .isPresent();
    }

    private static Group group(Revenue row) {
        return new Group(row.hour(), row.terminal());
    }
}
