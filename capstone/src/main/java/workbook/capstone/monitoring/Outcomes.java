package workbook.capstone.monitoring;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import workbook.capstone.streaming.Topics;
import workbook.kit.SimulatedPayment;

/**
 * Measures the pipeline from outside, by the records of its topics: the latency from each payment to its score, the
 * refused records by reason, the correct alerts. The producer's thread and the readers' threads call it.
 */
public final class Outcomes {

    private static final int ALERTS_SHOWN = 12;

    private final Stopwatch toBroker = new Stopwatch();
    private final Stopwatch toScore = new Stopwatch();
    private final Map<Long, Instant> frauds = new ConcurrentHashMap<>();
    private final Map<Long, Alert> alerts = new ConcurrentHashMap<>();
    private final Deque<Alert> newestAlerts = new ConcurrentLinkedDeque<>();
    /** The origins of the records: a record refused twice counts once. */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    private final Map<String, Long> refusals = new ConcurrentHashMap<>();
    private volatile Instant newestEvent;

    /** Records that a payment is about to be sent. */
    public void recordSent(SimulatedPayment simulated) {
        long id = simulated.payment().id();
        newestEvent = simulated.payment().time(); // payments are sent in order of event time
        if (simulated.isFraud()) {
            frauds.put(id, simulated.payment().time());
        }
        toBroker.start(id);
        toScore.start(id);
    }

    /** Records that a plain consumer read a record of {@link Topics#PAYMENTS}: the broker's share of the latency. */
    public void recordRead(ConsumerRecord<byte[], byte[]> record) {
        Header id = record.headers().lastHeader(Topics.ID);
        if (id != null) {
            toBroker.stop(Long.parseLong(text(id.value())));
        }
    }

    /** Records that a consumer read a record of an output topic. */
    public void recordOutput(ConsumerRecord<byte[], byte[]> record) {
        switch (record.topic()) {
            case Topics.SCORES -> toScore.stop(Long.parseLong(text(record.key())));
            case Topics.ALERTS -> alerted(Alert.parse(record.value()));
            case Topics.DEAD_LETTERS -> refused(header(record, Topics.ORIGIN), header(record, Topics.REASON));
            default -> throw new IllegalArgumentException("not an output topic: " + record.topic());
        }
    }

    private void alerted(Alert alert) {
        if (alerts.putIfAbsent(alert.id(), alert) == null) {
            newestAlerts.addFirst(alert);
            if (newestAlerts.size() > ALERTS_SHOWN) {
                newestAlerts.removeLast();
            }
        }
    }

    private void refused(String origin, String reason) {
        if (refused.add(origin)) {
            refusals.merge(reason, 1L, Long::sum);
        }
    }

    /** Discards the latencies measured so far. */
    public void endWarmUp() {
        toBroker.resetTimes();
        toScore.resetTimes();
    }

    /** The latency from sending a payment until a plain consumer reads it. */
    public Stopwatch toBroker() {
        return toBroker;
    }

    /** The latency from sending a payment until a consumer reads its score. */
    public Stopwatch toScore() {
        return toScore;
    }

    /** Returns the number of scored payments. */
    public long scored() {
        return toScore.stopped();
    }

    /** Returns the number of records in the dead-letter topic. */
    public long refused() {
        return refused.size();
    }

    /** Returns the number of dead letters by reason. */
    public Map<String, Long> refusalsByReason() {
        return new TreeMap<>(refusals);
    }

    /** Returns the number of payments with an alert. */
    public long alerts() {
        return alerts.size();
    }

    /** Returns the latest alerts, newest first. */
    public List<Alert> newestAlerts() {
        return List.copyOf(newestAlerts);
    }

    /** Returns the event time of the newest payment; null before the first. */
    public Instant newestEvent() {
        return newestEvent;
    }

    /** Returns the frauds among the payments sent, as simulated: event time by payment id. */
    public Map<Long, Instant> frauds() {
        return Map.copyOf(frauds);
    }

    /** Returns the number of alerts that were frauds. */
    public long rightAlerts() {
        return alerts.keySet().stream().filter(frauds::containsKey).count();
    }

    /** Returns the alerts with the highest scores as text, each with the features that contributed most. */
    public List<String> topAlerts(int count) {
        return new ArrayList<>(alerts.values())
                .stream()
                        .sorted(Comparator.comparingDouble(Alert::score).reversed())
                        .limit(count)
                        .map(Alert::toString)
                        .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
