package workbook.capstone.streaming;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets to start reading from. On a broker that outlives the pipeline, topics still hold records of earlier runs; a
 * run starts at their end offsets.
 */
public record Positions(Map<TopicPartition, Long> offsets) {

    /** Returns the current end offsets of these topics. */
    static Positions ends(Consumer<?, ?> consumer, List<String> topics) {
        return new Positions(consumer.endOffsets(partitions(consumer, topics)));
    }

    /** Returns the offsets of the oldest records of these topics. */
    static Positions beginnings(Consumer<?, ?> consumer, List<String> topics) {
        return new Positions(consumer.beginningOffsets(partitions(consumer, topics)));
    }

    /** Returns the offsets that the consumer's group has committed, and those of the oldest records where it has none. */
    static Positions committed(Consumer<?, ?> consumer, List<String> topics) {
        Map<TopicPartition, Long> offsets = new HashMap<>(beginnings(consumer, topics).offsets);
        consumer.committed(offsets.keySet()).forEach((partition, offset) -> {
            if (offset != null) {
                offsets.merge(partition, offset.offset(), Math::max); // older records may be deleted since
            }
        });
        return new Positions(offsets);
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, List<String> topics) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Returns the offsets of these topics only. */
    public Positions of(String... topics) {
        List<String> wanted = List.of(topics);
        return new Positions(offsets.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getKey().topic()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Returns these and the other offsets. */
    public Positions plus(Positions others) {
        Map<TopicPartition, Long> all = new HashMap<>(offsets);
        all.putAll(others.offsets);
        return new Positions(all);
    }

    /** Returns them as Spark's option {@code startingOffsets}: {@code {"payments":{"0":17,"1":23}}}. */
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

    /** Returns the number of partitions. */
    public int partitions() {
        return offsets.size();
    }

    /** Returns the sum of the offsets. The difference of two sums is the number of records between them. */
    public long total() {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    void seek(Consumer<?, ?> consumer) {
        consumer.assign(offsets.keySet());
        offsets.forEach(consumer::seek);
    }
}
