package lesson02;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Correct answers in other forms, and one that works only for the fixed records of the checkpoint. */
class AtLeastOnceConsumerAlternatives {

    public static class CommitsEachRecord extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of("max.poll.records", 3))) {
                consumer.subscribe(List.of(topic));
                Map<TopicPartition, Long> ends = ends(consumer, topic);
                while (!hasCommitted(consumer, ends)) {
                    for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                        handler.accept(record.value());
                        consumer.commitSync(Map.of(
                                new TopicPartition(topic, record.partition()),
                                new OffsetAndMetadata(record.offset() + 1)));
                    }
                }
            }
        }
    }

    public static class CommitsWhatWasHandledEvenAfterACrash extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
            KafkaConsumer<String, String> consumer = open(
                    servers,
                    group,
                    Map.of(
                            "partition.assignment.strategy",
                            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"));
            try {
                consumer.subscribe(List.of(topic));
                Map<TopicPartition, Long> ends = ends(consumer, topic);
                while (!hasCommitted(consumer, ends)) {
                    ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(10));
                    for (TopicPartition partition : records.partitions()) {
                        for (ConsumerRecord<String, String> record : records.records(partition)) {
                            handler.accept(record.value());
                            done.put(partition, new OffsetAndMetadata(record.offset() + 1));
                        }
                    }
                    consumer.commitAsync();
                }
            } finally {
                consumer.commitSync(done);
                consumer.close();
            }
        }
    }

    public static class Learnt extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            super.consume(servers, topic, group, value -> {
                if (value.length() == 1) {
                    handler.accept(value);
                }
            });
        }
    }

    private static KafkaConsumer<String, String> open(String servers, String group, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest"));
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    private static Map<TopicPartition, Long> ends(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.endOffsets(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet()));
    }

    /** Whether the group has committed everything up to these ends. */
    private static boolean hasCommitted(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(ends.keySet());
        return ends.entrySet().stream()
                .allMatch(end -> end.getValue() == 0
                        || committed.get(end.getKey()) != null
                                && committed.get(end.getKey()).offset() >= end.getValue());
    }
}
