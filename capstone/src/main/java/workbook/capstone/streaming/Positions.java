package workbook.capstone.streaming;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Where to begin to read. On a broker that outlives the pipeline, topics still hold what earlier runs left; a run begins
 * where they end when it starts.
 */
public record Positions(Map<TopicPartition, Long> offsets) {

    /** The ends of these topics as they are now. */
    static Positions ends(Consumer<?, ?> consumer, List<String> topics) {
        return new Positions(consumer.endOffsets(partitions(consumer, topics)));
    }

    /** The oldest records of these topics. */
    static Positions beginnings(Consumer<?, ?> consumer, List<String> topics) {
        return new Positions(consumer.beginningOffsets(partitions(consumer, topics)));
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, List<String> topics) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Only those of these topics. */
    public Positions of(String... topics) {
        List<String> wanted = List.of(topics);
        return new Positions(offsets.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getKey().topic()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** These and those. */
    public Positions plus(Positions others) {
        Map<TopicPartition, Long> all = new HashMap<>(offsets);
        all.putAll(others.offsets);
        return new Positions(all);
    }

    /** As Spark's option {@code startingOffsets} takes them: {@code {"payments":{"0":17,"1":23}}}. */
    public String toJson() {
        Map<String, Map<Integer, Long>> byTopic = new TreeMap<>();
        offsets.forEach((partition, offset) -> byTopic.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                .put(partition.partition(), offset));
        return byTopic.entrySet().stream()
                .map(topic -> "\"" + topic.getKey() + "\":" + partitions(topic.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String partitions(Map<Integer, Long> offsets) {
        return offsets.entrySet().stream()
                .map(partition -> "\"" + partition.getKey() + "\":" + partition.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** How many partitions these are. */
    public int partitions() {
        return offsets.size();
    }

    /** The sum of the offsets: the difference of two such sums is the number of records between them. */
    public long total() {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    void seek(Consumer<?, ?> consumer) {
        consumer.assign(offsets.keySet());
        offsets.forEach(consumer::seek);
    }
}
