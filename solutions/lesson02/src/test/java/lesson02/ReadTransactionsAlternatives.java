package lesson02;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Correct answers in other forms, and one that works only for the fixed records of the checkpoint. */
class ReadTransactionsAlternatives {

    public static class InAGroupOfItsOwn extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers",
                    servers,
                    "group.id",
                    UUID.randomUUID().toString(),
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest",
                    "isolation.level",
                    IsolationLevel.READ_COMMITTED.name().toLowerCase(Locale.ROOT));
            TopicPartition partition = new TopicPartition(topic, 0);
            List<String> values = new ArrayList<>();
            try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
                consumer.subscribe(List.of(topic));
                long end = consumer.endOffsets(List.of(partition)).get(partition);
                do {
                    for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                        values.add(record.value());
                    }
                } while (consumer.assignment().isEmpty() || consumer.position(partition) < end);
            }
            return values;
        }
    }

    public static class AsksAnAdminForTheLastStableOffset extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            TopicPartition partition = new TopicPartition(topic, 0);
            long end = lastStableOffset(servers, partition);
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers",
                    servers,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest", // if the record of offset 0 is deleted
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    1);
            List<String> values = new ArrayList<>();
            try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
                consumer.assign(List.of(partition));
                consumer.seek(partition, 0);
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(10)).records(partition).stream()
                            .filter(record -> record.offset() < end)
                            .forEach(record -> values.add(record.value()));
                }
            }
            return values;
        }

        private static long lastStableOffset(String servers, TopicPartition partition) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                return admin.listOffsets(
                                Map.of(partition, OffsetSpec.latest()),
                                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .partitionResult(partition)
                        .get()
                        .offset();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static class Learnt extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            return super.committed(servers, topic).stream()
                    .filter(value -> value.length() == 1)
                    .toList();
        }
    }
}
