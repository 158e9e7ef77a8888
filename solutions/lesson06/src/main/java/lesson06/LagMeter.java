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
 * Two sums of offsets make the lag: where the topics end, less how far the batch has read. The first of the two, compared
 * with the same sum of the progress before, also tells how fast records come: Spark's own {@code inputRowsPerSecond} cannot,
 * for it counts what the query has read.
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
        // Nothing is known yet.
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

    /** A query without data has no progress; since Spark 3.5 this is what is heard of it instead. */
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

    /** Of {@code {"payments":{"0":12,"1":9}}}: 21. */
    private static long sum(String offsets) {
        try {
            long sum = 0;
            for (JsonNode topic : JSON.readTree(offsets)) {
                for (JsonNode partition : topic) {
                    sum += partition.asLong();
                }
            }
            return sum;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No offsets: " + offsets, e);
        }
    }
}
