package lesson02;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Polls, handles, commits, in this order. When the handler throws, the commit is not reached, and the records of the
 * poll are read again. A batch is committed before the next poll, and partitions are reassigned only within a poll, so
 * no other member handles these records again.
 *
 * <p>The loop ends when the group, not this member, has committed up to the end that the topic had at the beginning.
 */
public class AtLeastOnceConsumer {

    public void consume(String servers, String topic, String group, Consumer<String> handler) {
        try (var consumer = subscribed(servers, topic, group)) {
            Set<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!hasCommitted(consumer, beginnings, ends)) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
                records.forEach(record -> handler.accept(record.value()));
                consumer.commitSync();
            }
        }
    }

    private static KafkaConsumer<String, String> subscribed(String servers, String topic, String group) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    private static Set<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet());
    }

    /**
     * A commit is the next offset to read, so it equals the end when everything is handled. A partition without a commit is
     * read from its beginning.
     */
    private static boolean hasCommitted(
            KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(ends.keySet());
        return ends.keySet().stream().allMatch(partition -> {
            OffsetAndMetadata commit = committed.get(partition);
            return (commit == null ? beginnings.get(partition) : commit.offset()) >= ends.get(partition);
        });
    }
}
