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

/** Right answers in other words, and one that has learnt the few records of the checkpoint by heart. */
class LagMeterAlternatives {

    /** From the source's metrics: the average lag of a partition, and how many partitions there are. */
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

    /** From the document as a whole. */
    public static class FromTheDocument extends Keeping {
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

/** Keeps the progresses and works out the readings when it is asked. */
abstract class Keeping extends LagMeter {

    record Figures(long waiting, long newest, long rows) {}

    private record Heard(StreamingQueryProgress before, StreamingQueryProgress now, boolean isIdle) {}

    private final Map<UUID, Heard> heard = new HashMap<>();

    abstract Optional<Figures> figures(StreamingQueryProgress progress);

    @Override
    public synchronized Map<UUID, Reading> readings() {
        Map<UUID, Reading> readings = new HashMap<>();
        heard.forEach((query, last) -> readings.put(query, reading(last)));
        return readings;
    }

    @Override
    public synchronized void onQueryProgress(QueryProgressEvent event) {
        if (figures(event.progress()).isPresent()) {
            heard.merge(
                    event.progress().id(),
                    new Heard(null, event.progress(), false),
                    (last, next) -> new Heard(last.now, next.now, false));
        }
    }

    @Override
    public synchronized void onQueryIdle(QueryIdleEvent event) {
        heard.computeIfPresent(event.id(), (query, last) -> new Heard(last.before, last.now, true));
    }

    @Override
    public synchronized void onQueryTerminated(QueryTerminatedEvent event) {
        heard.remove(event.id());
    }

    private Reading reading(Heard heard) {
        Figures now = figures(heard.now).orElseThrow();
        double speed = now.rows * 1_000.0 / heard.now.batchDuration();
        double arriving = heard.before == null
                ? Double.NaN
                : (now.newest - figures(heard.before).orElseThrow().newest)
                        * 1_000.0
                        / (millis(heard.now) - millis(heard.before));
        return new Reading(
                now.waiting,
                now.waiting == 0 ? 0 : now.waiting / speed,
                heard.isIdle ? 0 : arriving,
                heard.isIdle ? 0 : speed);
    }

    private static long millis(StreamingQueryProgress progress) {
        return Instant.parse(progress.timestamp()).toEpochMilli();
    }
}
