package workbook.recommend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts answers and measures how long they take. Thread-safe. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, LongAdder> versions =
            new ConcurrentSkipListMap<>(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
    private final Map<String, LongAdder> sources = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();
    private volatile Histogram micros = new ConcurrentHistogram(3);

    /**
     * Counts an answer: an error unless its status is 200.
     *
     * @param due when the request should have been sent, in nanoseconds of {@link System#nanoTime}
     */
    void add(HttpResponse<String> response, Throwable failure, long due) {
        micros.recordValue((System.nanoTime() - due) / 1_000);
        if (failure != null) {
            count(errors, failure.toString());
        } else if (response.statusCode() != 200) {
            count(errors, "status " + response.statusCode());
        } else {
            addList(response.body());
        }
    }

    private void addList(String body) {
        try {
            JsonNode list = JSON.readTree(body);
            if (list.has("version")) {
                count(versions, list.get("version").asText());
                count(sources, list.path("source").asText());
            }
        } catch (JsonProcessingException e) {
            count(errors, "not JSON");
        }
    }

    private static void count(Map<String, LongAdder> counts, String what) {
        counts.computeIfAbsent(what, any -> new LongAdder()).increment();
    }

    /** Discards the times so far, such as those of a warm-up. */
    void resetTimes() {
        micros = new ConcurrentHistogram(3);
    }

    /** Returns this percentile (0 to 100) in milliseconds. */
    double millis(double percentile) {
        return micros.copy().getValueAtPercentile(percentile) / 1_000.0;
    }

    /** Returns the number of answers that {@link #millis} covers. */
    long measured() {
        return micros.copy().getTotalCount();
    }

    /** Returns the number of lists by version, the oldest first. */
    Map<String, LongAdder> versions() {
        return versions;
    }

    long lists(String source) {
        return sources.getOrDefault(source, new LongAdder()).sum();
    }

    /** Returns the number of errors by kind. */
    Map<String, LongAdder> errors() {
        return errors;
    }
}
