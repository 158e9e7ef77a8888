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
 * Watches the pipeline from outside, by what stands in its topics: how long each payment takes to its score, what was
 * refused and why, which alerts were right. Called by the producer's thread and by the readers'.
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

    /** A payment is about to be sent. */
    public void recordSent(SimulatedPayment simulated) {
        long id = simulated.payment().id();
        newestEvent = simulated.payment().time(); // the producer sends them in their order
        if (simulated.isFraud()) {
            frauds.put(id, simulated.payment().time());
        }
        toBroker.start(id);
        toScore.start(id);
    }

    /** A record of {@link Topics#PAYMENTS} was read by a plain consumer: the broker's own share of the latency. */
    public void recordRead(ConsumerRecord<byte[], byte[]> record) {
        Header id = record.headers().lastHeader(Topics.ID);
        if (id != null) {
            toBroker.stop(Long.parseLong(text(id.value())));
        }
    }

    /** A record of one of the pipeline's output topics was read. */
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

    /** Forgets the latencies of the warm-up. */
    public void endWarmUp() {
        toBroker.resetTimes();
        toScore.resetTimes();
    }

    /** From sending a payment until a plain consumer has it. */
    public Stopwatch toBroker() {
        return toBroker;
    }

    /** From sending a payment until a consumer has its score. */
    public Stopwatch toScore() {
        return toScore;
    }

    /** Payments that have a score. */
    public long scored() {
        return toScore.stopped();
    }

    /** TopicStream in the dead-letter topic. */
    public long refused() {
        return refused.size();
    }

    /** How often each reason stands in the dead-letter topic. */
    public Map<String, Long> refusalsByReason() {
        return new TreeMap<>(refusals);
    }

    /** Payments that raised an alert. */
    public long alerts() {
        return alerts.size();
    }

    /** The last of them, newest first. */
    public List<Alert> newestAlerts() {
        return List.copyOf(newestAlerts);
    }

    /** The event time of the newest payment; null before the first. */
    public Instant newestEvent() {
        return newestEvent;
    }

    /** Frauds among the payments sent, by the simulator's own word: when each happened, by its payment's id. */
    public Map<Long, Instant> frauds() {
        return Map.copyOf(frauds);
    }

    /** Alerts that were frauds. */
    public long rightAlerts() {
        return alerts.keySet().stream().filter(frauds::containsKey).count();
    }

    /** The alerts with the highest scores: a line each, and below it the features that weighed most. */
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
