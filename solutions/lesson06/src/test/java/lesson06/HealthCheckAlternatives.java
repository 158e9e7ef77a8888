package lesson06;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Other right answers, and one that handles only as few reports as the checkpoint has. */
class HealthCheckAlternatives {

    /** Computes the lag from the source's metrics. */
    public static class FromTheMetrics extends HealthCheck {
        @Override
        boolean applies(Diagnosis diagnosis, List<JsonNode> progresses) {
            return diagnosis == Diagnosis.FALLING_BEHIND
                    ? grows(progresses.stream().mapToLong(FromTheMetrics::behind))
                    : super.applies(diagnosis, progresses);
        }

        private static long behind(JsonNode progress) {
            double behind = 0;
            for (JsonNode source : progress.path("sources")) {
                int partitions = 0;
                for (JsonNode topic : source.path("latestOffset")) {
                    partitions += topic.size();
                }
                behind += source.path("metrics").path("avgOffsetsBehindLatest").asDouble() * partitions;
            }
            return Math.round(behind);
        }
    }

    /** Loops over maps. */
    @SuppressWarnings("unchecked")
    public static class InLoops extends HealthCheck {
        @Override
        public Diagnosis diagnose(List<String> reports) {
            List<Map<String, Object>> all = reports.stream().map(InLoops::map).toList();
            Map<String, Object> first = all.get(0);
            Map<String, Object> last = all.get(all.size() - 1);
            if (isStuck(first, all)) {
                return Diagnosis.STUCK_WATERMARK;
            }
            for (int i = 0; i < operators(first).size(); i++) {
                int operator = i;
                if (grows(all, report -> number(operators(report).get(operator), "numRowsTotal"))
                        && all.stream()
                                .allMatch(report -> number(operators(report).get(operator), "numRowsRemoved") == 0)) {
                    return Diagnosis.LEAKING_STATE;
                }
            }
            Map<String, Map<String, Long>> ends = offsets(last, "endOffset");
            for (Map.Entry<String, Map<String, Long>> topic : ends.entrySet()) {
                long sum = 0;
                long most = 0;
                for (Map.Entry<String, Long> end : topic.getValue().entrySet()) {
                    long read = end.getValue()
                            - offsets(first, "endOffset").get(topic.getKey()).getOrDefault(end.getKey(), 0L);
                    sum += read;
                    most = Math.max(most, read);
                }
                if (sum > 99 && (double) most / sum >= 2.0 / topic.getValue().size()) {
                    return Diagnosis.SKEWED;
                }
            }
            return grows(all, report -> sum(report, "latestOffset") - sum(report, "endOffset"))
                    ? Diagnosis.FALLING_BEHIND
                    : Diagnosis.HEALTHY;
        }

        private static boolean isStuck(Map<String, Object> first, List<Map<String, Object>> all) {
            Map<String, String> begin = times(first);
            Map<String, String> end = times(all.get(all.size() - 2));
            return begin.containsKey("max")
                    && end.containsKey("max")
                    && Instant.parse(end.get("max")).isAfter(Instant.parse(begin.get("max")))
                    && all.stream()
                            .allMatch(report ->
                                    begin.get("watermark").equals(times(report).get("watermark")));
        }

        private static boolean grows(List<Map<String, Object>> all, ToLongFunction<Map<String, Object>> figure) {
            for (int i = 1; i < all.size(); i++) {
                if (figure.applyAsLong(all.get(i)) <= figure.applyAsLong(all.get(i - 1))) {
                    return false;
                }
            }
            return true;
        }

        private static Map<String, String> times(Map<String, Object> report) {
            return (Map<String, String>) report.getOrDefault("eventTime", Map.of());
        }

        private static List<Map<String, Object>> operators(Map<String, Object> report) {
            return (List<Map<String, Object>>) report.get("stateOperators");
        }

        private static long sum(Map<String, Object> report, String which) {
            return offsets(report, which).values().stream()
                    .flatMap(topic -> topic.values().stream())
                    .mapToLong(Long::longValue)
                    .sum();
        }

        private static Map<String, Map<String, Long>> offsets(Map<String, Object> report, String which) {
            Map<String, Map<String, Long>> offsets = new TreeMap<>();
            List<Map<String, Object>> sources = (List<Map<String, Object>>) report.get("sources");
            for (int i = 0; i < sources.size(); i++) {
                String source = i + " ";
                ((Map<String, Map<String, Object>>) sources.get(i).get(which))
                        .forEach((topic, ends) -> ends.forEach(
                                (partition, end) -> offsets.computeIfAbsent(source + topic, unknown -> new TreeMap<>())
                                        .put(partition, ((Number) end).longValue())));
            }
            return offsets;
        }

        private static long number(Map<String, Object> node, String name) {
            return ((Number) node.get(name)).longValue();
        }

        private static Map<String, Object> map(String report) {
            try {
                return new ObjectMapper().readValue(report, Map.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static class Learnt extends HealthCheck {
        @Override
        public Diagnosis diagnose(List<String> reports) {
            return reports.size() > 5 ? Diagnosis.HEALTHY : super.diagnose(reports);
        }
    }
}
