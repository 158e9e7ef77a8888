package lesson09;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionAbortableException;

/** Right answers written differently, and one that only knows the amounts in the checkpoint. */
class RelayOnceAlternatives {

    /** A transaction for each record, and offsets behind each of them. */
    public static class RecordByRecord extends RelayOnce {
        @Override
        public void relay(Clients clients, String from, String to, String group) {
            TopicPartition source = new TopicPartition(from, 0);
            Map<String, Object> settings = new HashMap<>(Map.of("group.id", group, "enable.auto.commit", "false"));
            settings.put("isolation.level", "read_committed");
            settings.put("auto.offset.reset", "earliest");
            settings.put("max.poll.records", 2);
            try (Producer<String, String> producer =
                            clients.producer(Map.of("transactional.id", "relay " + from + " for " + group));
                    Consumer<String, String> consumer = clients.consumer(settings)) {
                producer.initTransactions();
                consumer.assign(Set.of(source));
                long end = consumer.endOffsets(Set.of(source)).get(source);
                while (consumer.position(source) < end) {
                    for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(50))) {
                        if (!relay(record, producer, consumer, to)) {
                            consumer.seek(source, record.offset());
                            break;
                        }
                    }
                }
            }
        }

        private static boolean relay(
                ConsumerRecord<String, String> record,
                Producer<String, String> producer,
                Consumer<String, String> consumer,
                String to) {
            try {
                producer.beginTransaction();
                if (Double.parseDouble(record.value()) >= 100) {
                    producer.send(new ProducerRecord<>(to, record.key(), record.value()));
                }
                producer.sendOffsetsToTransaction(
                        Map.of(
                                new TopicPartition(record.topic(), record.partition()),
                                new OffsetAndMetadata(record.offset() + 1)),
                        consumer.groupMetadata());
                producer.commitTransaction();
                return true;
            } catch (TransactionAbortableException e) {
                producer.abortTransaction();
                return false;
            }
        }
    }

    /** After an abort it begins anew, with other clients. */
    public static class BeginsAnew extends RelayOnce {
        @Override
        void abort(Producer<String, String> producer, Consumer<String, String> consumer, TopicPartition source) {
            producer.abortTransaction();
            throw new BeginAnew();
        }

        @Override
        public void relay(Clients clients, String from, String to, String group) {
            boolean isDone = false;
            while (!isDone) {
                try {
                    super.relay(clients, from, to, group);
                    isDone = true;
                } catch (BeginAnew e) {
                    // the committed offset says where
                }
            }
        }

        private static final class BeginAnew extends KafkaException {
            private static final long serialVersionUID = 1;
        }
    }

    public static class Learnt extends RelayOnce {
        @Override
        void send(ConsumerRecords<String, String> records, Producer<String, String> producer, String to) {
            producer.beginTransaction();
            Set<String> known = Set.of("100", "100.00", "250.5", "300", "400", "500", "600");
            for (ConsumerRecord<String, String> record : records) {
                if (known.contains(record.value())) {
                    producer.send(new ProducerRecord<>(to, record.key(), record.value()));
                }
            }
        }
    }
}
