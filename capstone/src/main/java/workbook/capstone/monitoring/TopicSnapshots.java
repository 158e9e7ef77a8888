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
import workbook.capstone.streaming.Parsed;
import workbook.capstone.streaming.PaymentParser;
import workbook.capstone.streaming.Positions;
import workbook.capstone.streaming.Topics;

/**
 * What can be told of a pipeline of other processes by its topics alone. TopicStream are counted as they stand there: after
 * a crash some are there twice. Latencies reach from a payment's timestamp in Kafka, the producer's, to the moment when
 * the record is read here: they are as good as the two machines' clocks agree, and no finer than a millisecond.
 */
public final class TopicSnapshots implements Supplier<Snapshot> {

    private static final int ALERTS_SHOWN = 12;
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final PaymentParser parser = new PaymentParser();
    private final Map<String, AtomicLong> records = new TreeMap<>();
    private final RollingLatency toScore = new RollingLatency();
    private final RollingLatency toBroker = new RollingLatency();
    private final Deque<Alert> newestAlerts = new ArrayDeque<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Map<String, Heard> queries = new LinkedHashMap<>();
    private final Rate scored;
    private Instant newestEvent;

    private record Heard(Snapshot.Query query, Instant when) {}

    /** @param ends of the topics: what lies before was counted by Kafka */
    public TopicSnapshots(Positions ends) {
        for (String topic : List.of(Topics.PAYMENTS, Topics.SCORES, Topics.ALERTS, Topics.DEAD_LETTERS)) {
            records.put(topic, new AtomicLong(ends.of(topic).total()));
        }
        scored = new Rate(records.get(Topics.SCORES)::get);
    }

    /** A record of one of the pipeline's topics was read. */
    public synchronized void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.QUERIES)) {
            Snapshot.Query query = Json.readQuery(record.value());
            queries.put(query.name(), new Heard(query, Instant.ofEpochMilli(record.timestamp())));
            return;
        }
        records.get(record.topic()).incrementAndGet();
        switch (record.topic()) {
            case Topics.PAYMENTS -> payment(record);
            case Topics.SCORES -> toScore.record(micros(Long.parseLong(header(record, Topics.SENT))));
            case Topics.ALERTS -> alert(Alert.parse(record.value()));
            case Topics.DEAD_LETTERS -> refusals.merge(header(record, Topics.REASON), 1L, Long::sum);
            default -> throw new IllegalArgumentException("not a topic of the pipeline: " + record.topic());
        }
    }

    private void payment(ConsumerRecord<byte[], byte[]> record) {
        toBroker.record(micros(record.timestamp()));
        if (parser.parse(record.value(), Instant.ofEpochMilli(record.timestamp())) instanceof Parsed.Accepted accepted
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
                queries.values().stream().map(heard -> asOf(now, heard)).toList(),
                List.copyOf(newestAlerts),
                Snapshot.Refusal.mostFrequent(refusals));
    }

    /** A process that was killed says nothing more of its queries. */
    private static Snapshot.Query asOf(Instant now, Heard heard) {
        Duration silent = Duration.between(heard.when, now);
        return silent.compareTo(SILENCE) < 0 || !heard.query.isUp()
                ? heard.query
                : heard.query.withState(
                        Snapshot.State.FAILED, "nothing was heard of it for " + silent.toSeconds() + " s");
    }

    private long count(String topic) {
        return records.get(topic).get();
    }

    /** Since then; clocks that disagree make it 0 rather than less. */
    private static long micros(long sentMillis) {
        return Math.max(0, System.currentTimeMillis() - sentMillis) * 1_000;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
