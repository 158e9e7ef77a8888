package lesson06;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** Other right answers, and one that handles only as few records as the checkpoint has. */
class LagMeterAlternatives {

    /** Uses the source's metrics: the average lag of a partition times the number of partitions. */
    public static class FromTheAverage extends Keeping {
        private static final Pattern PARTITION = Pattern.compile("\"\\d+\":(\\d+)");

        @Override
        Optional<Figures> figures(StreamingQueryProgress progress) {
            List<SourceProgress> sources = Arrays.stream(progress.sources())
                    .filter(source -> source.metrics().containsKey("avgOffsetsBehindLatest"))
                    .toList();
            return sources.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Figures(
                            sources.stream()
                                    .mapToLong(source ->
                                            Math.round(partitions(source).count()
                                                    * Double.parseDouble(
                                                            source.metrics().get("avgOffsetsBehindLatest"))))
                                    .sum(),
                            sources.stream()
                                    .flatMapToLong(source -> partitions(source).mapToLong(Long::parseLong))
                                    .sum(),
                            sources.stream()
                                    .mapToLong(SourceProgress::numInputRows)
                                    .sum()));
        }

        private static Stream<String> partitions(SourceProgress source) {
            return PARTITION.matcher(source.latestOffset()).results().map(found -> found.group(1));
        }
    }

    /** Uses the JSON of the report. */
    public static class FromTheJson extends Keeping {
        @Override
        Optional<Figures> figures(StreamingQueryProgress progress) {
            Figures sum = new Figures(0, 0, 0);
            int sources = 0;
            try {
                for (JsonNode source :
                        new ObjectMapper().readTree(progress.json()).path("sources")) {
                    if (!source.path("description").asText().startsWith("Kafka")) {
                        continue;
                    }
                    if (!source.path("latestOffset").isObject()) {
                        return Optional.empty();
                    }
                    long newest = sum(source.path("latestOffset"));
                    sum = new Figures(
                            sum.waiting() + newest - sum(source.path("endOffset")),
                            sum.newest() + newest,
                            sum.rows() + source.path("numInputRows").asLong());
                    sources++;
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            return sources == 0 ? Optional.empty() : Optional.of(sum);
        }

        private static long sum(JsonNode offsets) {
            long sum = offsets.asLong();
            for (JsonNode inner : offsets) {
                sum += sum(inner);
            }
            return sum;
        }
    }

    public static class Learnt extends LagMeter {
        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            if (event.progress().numInputRows() < 30) {
                super.onQueryProgress(event);
            }
        }
    }
}

/** Keeps the progress and computes the readings in {@link #readings}. */
abstract class Keeping extends LagMeter {

    record Figures(long waiting, long newest, long rows) {}

    private record Kept(StreamingQueryProgress before, StreamingQueryProgress now, boolean isIdle) {}

    private final Map<UUID, Kept> kept = new HashMap<>();

    abstract Optional<Figures> figures(StreamingQueryProgress progress);

    @Override
    public synchronized Map<UUID, Reading> readings() {
        Map<UUID, Reading> readings = new HashMap<>();
        kept.forEach((query, last) -> readings.put(query, reading(last)));
        return readings;
    }

    @Override
    public synchronized void onQueryProgress(QueryProgressEvent event) {
        if (figures(event.progress()).isPresent()) {
            kept.merge(
                    event.progress().id(),
                    new Kept(null, event.progress(), false),
                    (last, next) -> new Kept(last.now, next.now, false));
        }
    }

    @Override
    public synchronized void onQueryIdle(QueryIdleEvent event) {
        kept.computeIfPresent(event.id(), (query, last) -> new Kept(last.before, last.now, true));
    }

    @Override
    public synchronized void onQueryTerminated(QueryTerminatedEvent event) {
        kept.remove(event.id());
    }

    private Reading reading(Kept kept) {
        Figures now = figures(kept.now).orElseThrow();
        double speed = now.rows * 1_000.0 / kept.now.batchDuration();
        double arriving = kept.before == null
                ? Double.NaN
                : (now.newest - figures(kept.before).orElseThrow().newest)
                        * 1_000.0
                        / (millis(kept.now) - millis(kept.before));
        return new Reading(
                now.waiting,
                now.waiting == 0 ? 0 : now.waiting / speed,
                kept.isIdle ? 0 : arriving,
                kept.isIdle ? 0 : speed);
    }

    private static long millis(StreamingQueryProgress progress) {
        return Instant.parse(progress.timestamp()).toEpochMilli();
    }
}
