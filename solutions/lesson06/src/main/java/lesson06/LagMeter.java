package lesson06;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/**
 * The lag is a difference of two sums of offsets: the ends of the topics minus the end of the batch. The first sum,
 * minus the same sum of the previous progress, is the number of records that have arrived. Spark's
 * {@code inputRowsPerSecond} cannot be used for that: it counts the rows that the query has read.
 */
public class LagMeter extends StreamingQueryListener {

    public record Reading(long records, double seconds, double arriving, double processing) {}

    record Ends(long offsets, Instant time) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<UUID, Reading> readings = new ConcurrentHashMap<>();
    final Map<UUID, Ends> ends = new ConcurrentHashMap<>();

    public Map<UUID, Reading> readings() {
        return Map.copyOf(readings);
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        // There is no progress yet.
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        List<SourceProgress> sources = kafkaSources(event);
        if (sources.isEmpty() || sources.stream().anyMatch(source -> source.latestOffset() == null)) {
            return;
        }
        UUID query = event.progress().id();
        Ends now = new Ends(
                sources.stream().mapToLong(source -> sum(source.latestOffset())).sum(),
                Instant.parse(event.progress().timestamp()));
        Ends before = ends.put(query, now);
        long waiting = now.offsets
                - sources.stream().mapToLong(source -> sum(source.endOffset())).sum();
        double processing = sources.stream()
                .mapToDouble(SourceProgress::processedRowsPerSecond)
                .sum();
        readings.put(
                query,
                new Reading(
                        waiting,
                        waiting == 0 ? 0 : waiting / processing,
                        before == null ? Double.NaN : arriving(before, now),
                        processing));
    }

    /** Since Spark 3.5 a query without input sends this event instead of progress. */
    @Override
    public void onQueryIdle(QueryIdleEvent event) {
        readings.computeIfPresent(event.id(), (query, last) -> new Reading(last.records(), last.seconds(), 0, 0));
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        readings.remove(event.id());
        ends.remove(event.id());
    }

    private static List<SourceProgress> kafkaSources(QueryProgressEvent event) {
        return Arrays.stream(event.progress().sources())
                .filter(source -> source.description().startsWith("Kafka"))
                .toList();
    }

    private static double arriving(Ends before, Ends now) {
        return (now.offsets - before.offsets)
                / (Duration.between(before.time, now.time).toMillis() / 1_000.0);
    }

    /** Sums offsets: 21 for {@code {"payments":{"0":12,"1":9}}}. */
    private static long sum(String offsets) {
        try {
            return JSON.readTree(offsets)
                    .valueStream()
                    .flatMap(JsonNode::valueStream)
                    .mapToLong(JsonNode::asLong)
                    .sum();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("These are not offsets: " + offsets, e);
        }
    }
}
