package workbook.kit.spark;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The offsets of a topic, as Spark's Kafka source writes them: {@code {"payments":{"0":40,"1":10}}}. */
public final class PartitionOffsets {

    private static final Pattern OFFSET = Pattern.compile("\"(\\d+)\":(\\d+)");

    private PartitionOffsets() {}

    /**
     * How many offsets lie between two points of a topic, partition by partition: {@code 20+5}.
     *
     * @param from the earlier point; null for the beginning, where all offsets are 0
     */
    public static String between(String from, String to) {
        SortedMap<Integer, Long> start = parse(from == null ? "" : from);
        return parse(to).entrySet().stream()
                .map(end -> String.valueOf(end.getValue() - start.getOrDefault(end.getKey(), 0L)))
                .collect(Collectors.joining("+"));
    }

    private static SortedMap<Integer, Long> parse(String json) {
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        OFFSET.matcher(json)
                .results()
                .forEach(match -> offsets.put(Integer.valueOf(match.group(1)), Long.valueOf(match.group(2))));
        return offsets;
    }
}
