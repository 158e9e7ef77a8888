package workbook.capstone.monitoring;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import workbook.capstone.format.Format;
import workbook.capstone.format.Parsed;
import workbook.capstone.streaming.Positions;
import workbook.capstone.streaming.Topics;

/**
 * Supplies snapshots of a pipeline of other processes, from its topics alone. It counts records, so after a crash some
 * payments count twice. Latencies start at the payment's timestamp in Kafka, set by the producer, and end when the
 * record is read here: their resolution is a millisecond, and their error the difference of the two clocks.
 */
public final class TopicSnapshots implements Supplier<Snapshot> {

    private static final int ALERTS_SHOWN = 12;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Format format;
    private final Map<String, AtomicLong> records = new TreeMap<>();
    private final RollingLatency toScore = new RollingLatency();
    private final RollingLatency toBroker = new RollingLatency();
    private final Deque<Alert> newestAlerts = new ArrayDeque<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Map<String, Status> queries = new LinkedHashMap<>();
    private final Rate scored;
    private Instant newestEvent;

    private record Status(Snapshot.Query query, Instant when) {}

    /**
     * @param ends end offsets of the topics: the number of records before this process started
     * @param format of payments
     */
    public TopicSnapshots(Positions ends, Format format) {
        this.format = format;
        for (String topic : List.of(Topics.PAYMENTS, Topics.SCORES, Topics.ALERTS, Topics.DEAD_LETTERS)) {
            records.put(topic, new AtomicLong(ends.of(topic).total()));
        }
        scored = new Rate(records.get(Topics.SCORES)::get);
    }

    /** Takes a record of one of the pipeline's topics. */
    public synchronized void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.QUERIES)) {
            Snapshot.Query query = Json.readQuery(record.value());
            queries.put(query.name(), new Status(query, Instant.ofEpochMilli(record.timestamp())));
            return;
        }
        records.get(record.topic()).incrementAndGet();
        switch (record.topic()) {
            case Topics.PAYMENTS -> payment(record);
            case Topics.SCORES -> score(record);
            case Topics.ALERTS -> alert(Alert.parse(record.value()));
            case Topics.DEAD_LETTERS -> refusals.merge(header(record, Topics.REASON), 1L, Long::sum);
            default -> throw new IllegalArgumentException("not a topic of the pipeline: " + record.topic());
        }
    }

    private void score(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(Topics.SENT) != null) {
            toScore.record(micros(Long.parseLong(header(record, Topics.SENT))));
        }
    }

    private void payment(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(Topics.ATTEMPTS) == null) {
            toBroker.record(micros(record.timestamp()));
        }
        if (format.parse(record.value(), Instant.ofEpochMilli(record.timestamp())) instanceof Parsed.Accepted accepted
                && (newestEvent == null || accepted.payment().time().isAfter(newestEvent))) {
            newestEvent = accepted.payment().time();
        }
    }

    private void alert(Alert alert) {
        newestAlerts.addFirst(alert);
        if (newestAlerts.size() > ALERTS_SHOWN) {
            newestAlerts.removeLast();
        }
    }

    @Override
    public synchronized Snapshot get() {
        Instant now = Instant.now();
        long produced = count(Topics.PAYMENTS);
        long done = count(Topics.SCORES) + count(Topics.DEAD_LETTERS);
        return new Snapshot(
                now,
                produced,
                count(Topics.SCORES),
                count(Topics.DEAD_LETTERS),
                count(Topics.ALERTS),
                Math.max(0, produced - done),
                scored.perSecond(),
                toScore.snapshot(),
                toBroker.snapshot(),
                newestEvent,
                queries.values().stream().map(status -> asOf(now, status)).toList(),
                List.copyOf(newestAlerts),
                Snapshot.Refusal.mostFrequent(refusals));
    }

    /** A killed process publishes no status any more. */
    private static Snapshot.Query asOf(Instant now, Status status) {
        Duration silent = Duration.between(status.when, now);
        return silent.compareTo(TIMEOUT) < 0 || !status.query.isUp()
                ? status.query
                : status.query.withState(Snapshot.State.FAILED, "no status for " + silent.toSeconds() + " s");
    }

    private long count(String topic) {
        return records.get(topic).get();
    }

    /** The time since then; 0 if the clocks disagree. */
    private static long micros(long sentMillis) {
        return Math.max(0, System.currentTimeMillis() - sentMillis) * 1_000;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
