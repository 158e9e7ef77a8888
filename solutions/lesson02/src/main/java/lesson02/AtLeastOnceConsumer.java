package lesson02;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(consumer, topic));
            while (!hasCommitted(consumer, ends)) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    handler.accept(record.value());
                }
                consumer.commitSync();
            }
        }
    }

    private static Set<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet());
    }

    /** A commit is the next offset to read, so it equals the end when everything is handled. */
    private static boolean hasCommitted(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return consumer.committed(ends.keySet()).entrySet().stream()
                .allMatch(committed ->
                        (committed.getValue() == null ? 0 : committed.getValue().offset())
                                >= ends.get(committed.getKey()));
    }
}
