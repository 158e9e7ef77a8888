package lesson06;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One report does not show a problem: a lag may be shrinking, a state may have its full size. So each diagnosis depends
 * on the trend of a figure over the reports, and the order of the enum decides which diagnosis is checked first.
 */
public class HealthCheck {

    public enum Diagnosis {
        STUCK_WATERMARK,
        LEAKING_STATE,
        SKEWED,
        FALLING_BEHIND,
        HEALTHY
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long RECORDS_THAT_PROVE_SKEW = 100;

    public Diagnosis diagnose(List<String> reports) {
        List<JsonNode> progresses = reports.stream().map(HealthCheck::parsed).toList();
        return Stream.of(Diagnosis.values())
                .filter(diagnosis -> applies(diagnosis, progresses))
                .findFirst()
                .orElseThrow();
    }

    boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
        return switch (diagnosis) {
            case STUCK_WATERMARK -> isStuck(progresses);
            case LEAKING_STATE ->
                IntStream.range(0, progresses.get(0).path("stateOperators").size())
                        .anyMatch(operator -> leaks(progresses, "/stateOperators/" + operator));
            case SKEWED -> reads(progresses).stream().anyMatch(this::isSkewed);
            case FALLING_BEHIND -> grows(progresses.stream().mapToLong(HealthCheck::lag));
            case HEALTHY -> true;
        };
    }

    /** Times in this format sort as text. */
    boolean isStuck(List<JsonNode> progresses) {
        String first = latest(progresses.get(0));
        String lastButOne = latest(progresses.get(progresses.size() - 2));
        return !first.isEmpty() && lastButOne.compareTo(first) > 0 && isWatermarkConstant(progresses);
    }

    static boolean isWatermarkConstant(List<JsonNode> progresses) {
        return progresses.stream()
                        .map(progress -> progress.at("/eventTime/watermark"))
                        .distinct()
                        .count()
                == 1;
    }

    boolean leaks(List<JsonNode> progresses, String operator) {
        return grows(figures(progresses, operator + "/numRowsTotal"))
                && figures(progresses, operator + "/numRowsRemoved").allMatch(removed -> removed == 0);
    }

    boolean isSkewed(long[] reads) {
        long all = LongStream.of(reads).sum();
        return all >= RECORDS_THAT_PROVE_SKEW && LongStream.of(reads).max().getAsLong() * reads.length >= 2 * all;
    }

    /** For each topic, the records read from each partition between the first report and the last. */
    static List<long[]> reads(List<JsonNode> progresses) {
        List<long[]> reads = new ArrayList<>();
        JsonNode last = progresses.get(progresses.size() - 1);
        for (int source = 0; source < last.path("sources").size(); source++) {
            String offsets = "/sources/" + source + "/endOffset";
            JsonNode before = progresses.get(0).at(offsets);
            last.at(offsets)
                    .properties()
                    .forEach(topic -> reads.add(topic.getValue().properties().stream()
                            .mapToLong(end -> end.getValue().asLong()
                                    - before.path(topic.getKey())
                                            .path(end.getKey())
                                            .asLong())
                            .toArray()));
        }
        return reads;
    }

    static long lag(JsonNode progress) {
        return progress.path("sources")
                .valueStream()
                .mapToLong(source -> sum(source.path("latestOffset")) - sum(source.path("endOffset")))
                .sum();
    }

    static boolean grows(LongStream figures) {
        long[] all = figures.toArray();
        return IntStream.range(1, all.length).allMatch(i -> all[i] > all[i - 1]);
    }

    static LongStream figures(List<JsonNode> progresses, String path) {
        return progresses.stream().mapToLong(progress -> progress.at(path).asLong());
    }

    static String latest(JsonNode progress) {
        return progress.at("/eventTime/max").asText("");
    }

    /** The sum over all partitions of all topics. */
    private static long sum(JsonNode offsets) {
        return offsets.valueStream()
                .flatMap(JsonNode::valueStream)
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    private static JsonNode parsed(String report) {
        try {
            return JSON.readTree(report);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is not a progress report: " + report, e);
        }
    }
}
