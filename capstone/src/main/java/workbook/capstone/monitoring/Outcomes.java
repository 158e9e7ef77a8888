package workbook.capstone.monitoring;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import workbook.capstone.streaming.Topics;
import workbook.kit.SimulatedPayment;

/**
 * Watches the pipeline from outside, by what stands in its topics: how long each payment takes to its score, what was
 * refused and why, which alerts were right. Called by the producer's thread and by the readers'.
 */
public final class Outcomes {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Stopwatch toBroker = new Stopwatch();
    private final Stopwatch toScore = new Stopwatch();
    private final Map<Long, Instant> frauds = new ConcurrentHashMap<>();
    private final Map<Long, Alert> alerts = new ConcurrentHashMap<>();
    /** Why, by the origin of the record: a record refused twice counts once. */
    private final Map<String, String> refusals = new ConcurrentHashMap<>();

    /** An alert as a person reads it. */
    private record Alert(double score, String text) {}

    /** A payment is about to be sent. */
    public void sending(SimulatedPayment simulated) {
        long id = simulated.payment().id();
        if (simulated.isFraud()) {
            frauds.put(id, simulated.payment().time());
        }
        toBroker.start(id);
        toScore.start(id);
    }

    /** A record of {@link Topics#PAYMENTS} was read by a plain consumer: the broker's own share of the latency. */
    public void consumed(ConsumerRecord<byte[], byte[]> record) {
        Header id = record.headers().lastHeader(Topics.ID);
        if (id != null) {
            toBroker.stop(Long.parseLong(text(id.value())));
        }
    }

    /** A record of one of the pipeline's output topics was read. */
    public void produced(ConsumerRecord<byte[], byte[]> record) {
        switch (record.topic()) {
            case Topics.SCORES -> toScore.stop(Long.parseLong(text(record.key())));
            case Topics.ALERTS -> alerts.putIfAbsent(Long.parseLong(text(record.key())), alert(record.value()));
            case Topics.DEAD_LETTERS -> refusals.putIfAbsent(header(record, Topics.ORIGIN), header(record, Topics.REASON));
            default -> throw new IllegalArgumentException("not an output topic: " + record.topic());
        }
    }

    /** Forgets the latencies of the warm-up. */
    public void endWarmUp() {
        toBroker.forgetTimes();
        toScore.forgetTimes();
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

    /** Records in the dead-letter topic. */
    public long refused() {
        return refusals.size();
    }

    /** How often each reason stands in the dead-letter topic. */
    public Map<String, Long> refusalsByReason() {
        Map<String, Long> counts = new TreeMap<>();
        refusals.values().forEach(reason -> counts.merge(reason, 1L, Long::sum));
        return counts;
    }

    /** Payments that raised an alert. */
    public long alerts() {
        return alerts.size();
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
        return new ArrayList<>(alerts.values()).stream()
                .sorted(Comparator.comparingDouble(Alert::score).reversed())
                .limit(count)
                .map(Alert::text)
                .toList();
    }

    private static Alert alert(byte[] value) {
        try {
            JsonNode alert = JSON.readTree(value);
            double score = alert.get("score").doubleValue();
            return new Alert(score, String.format("%.2f  %s  customer %d paid %s at terminal %d%s", score,
                    alert.get("time").textValue(), alert.get("customer").intValue(), alert.get("amount").decimalValue().setScale(2),
                    alert.get("terminal").intValue(), reasons(alert.get("reasons"))));
        } catch (IOException e) {
            throw new UncheckedIOException("not an alert: " + text(value), e);
        }
    }

    /** Each on a line of its own below the alert: {@code terminal risk 7d 0.93, usually 0.01}. */
    private static String reasons(JsonNode reasons) {
        StringBuilder text = new StringBuilder();
        reasons.forEach(reason -> text.append(String.format("%n               %s %.2f, usually %.2f",
                reason.get("feature").textValue().replace('_', ' '), reason.get("value").doubleValue(),
                reason.get("usual").doubleValue())));
        return text.toString();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
