package lesson09;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link RelayOnce} that people give. */
public final class RelayOnceMisconceptions {

    private RelayOnceMisconceptions() {}

    @Misconception(
            believed = "An idempotent producer sends exactly once.",
            really = "It removes the duplicates of its own retries. A program that dies after the send and before"
                    + " the commit of the offset sends the record again, as another producer.",
            concept = "Transactions")
    public static class ReliesOnIdempotence extends RelayOnce {
        @Override
        Map<String, Object> producerSettings(String group) {
            return Map.of("enable.idempotence", true);
        }

        @Override
        void begin(Producer<String, String> producer) {}

        @Override
        void send(ConsumerRecords<String, String> records, Producer<String, String> producer, String to) {
            for (ConsumerRecord<String, String> record : records) {
                if (Double.parseDouble(record.value()) >= 100) {
                    producer.send(new ProducerRecord<>(to, record.key(), record.value()));
                }
            }
        }

        @Override
        void commit(
                ConsumerRecords<String, String> records,
                Producer<String, String> producer,
                Consumer<String, String> consumer,
                TopicPartition source) {
            producer.flush();
            consumer.commitSync();
        }
    }

    @Misconception(
            believed = "With a transactional.id the producer is transactional; the consumer commits its offsets as"
                    + " before.",
            really = "Then there are two commits, and a crash between them repeats the records. Only offsets that"
                    + " the producer sends belong to its transaction.",
            concept = "Transactions")
    public static class CommitsTheOffsetsAfterwards extends RelayOnce {
        @Override
        void commit(
                ConsumerRecords<String, String> records,
                Producer<String, String> producer,
                Consumer<String, String> consumer,
                TopicPartition source) {
            producer.commitTransaction();
            consumer.commitSync();
        }
    }

    @Misconception(
            believed = "The offsets are committed first, so that nothing is relayed twice.",
            really = "Nothing is, and after a crash between the two commits the records are lost: the offset is"
                    + " behind them, and the transaction is aborted.",
            concept = "Transactions")
    public static class CommitsTheOffsetsBefore extends RelayOnce {
        @Override
        void commit(
                ConsumerRecords<String, String> records,
                Producer<String, String> producer,
                Consumer<String, String> consumer,
                TopicPartition source) {
            consumer.commitSync();
            producer.commitTransaction();
        }
    }

    @Misconception(
            believed = "After abortTransaction() the loop goes on and reads the records again.",
            really = "The consumer's position does not belong to the transaction: the next poll returns what"
                    + " follows. Seek back to the committed offset, or the records of the aborted transaction are"
                    + " lost.",
            concept = "Transactions")
    public static class GoesOnAfterAnAbort extends RelayOnce {
        @Override
        void abort(Producer<String, String> producer, Consumer<String, String> consumer, TopicPartition source) {
            producer.abortTransaction();
        }
    }

    @Misconception(
            believed = "A consumer of a topic with transactions reads committed records.",
            really = "The default of isolation.level is read_uncommitted. Records of aborted transactions are"
                    + " relayed as if they were valid.",
            concept = "Transactions")
    public static class ReadsAbortedRecords extends RelayOnce {
        @Override
        Map<String, Object> consumerSettings(String group) {
            Map<String, Object> settings = new HashMap<>(super.consumerSettings(group));
            settings.remove("isolation.level");
            return settings;
        }
    }

    @Misconception(
            believed = "The offset to commit is that of the last record.",
            really = "It is the next one to read. The last record is read and relayed again after each restart.",
            concept = "Offsets")
    public static class CommitsTheLastOffset extends RelayOnce {
        @Override
        void commit(
                ConsumerRecords<String, String> records,
                Producer<String, String> producer,
                Consumer<String, String> consumer,
                TopicPartition source) {
            long last = -1;
            for (ConsumerRecord<String, String> record : records) {
                last = record.offset();
            }
            if (last >= 0) {
                producer.sendOffsetsToTransaction(
                        Map.of(source, new OffsetAndMetadata(last)), consumer.groupMetadata());
            }
            producer.commitTransaction();
        }
    }

    @Misconception(
            believed = "Each program needs a transactional.id of its own.",
            really = "Then nobody knows that one replaces the other. The transaction of a dead program stays open"
                    + " until its timeout, and a program that only stalled commits what another one has relayed"
                    + " meanwhile.",
            concept = "Transactions")
    public static class DrawsTheTransactionalId extends RelayOnce {
        @Override
        Map<String, Object> producerSettings(String group) {
            return Map.of("transactional.id", group + "-" + UUID.randomUUID());
        }
    }

    @Misconception(
            believed = "The transactional.id is the name of the program.",
            really =
                    "It is the name of a work that only one producer does at a time. Relays of two groups are two works:"
                            + " with one id, each fences the other, and neither gets its work done.",
            concept = "Transactions")
    public static class SharesTheIdWithOtherGroups extends RelayOnce {
        @Override
        Map<String, Object> producerSettings(String group) {
            return Map.of("transactional.id", "relay");
        }
    }

    @Misconception(
            believed = "If nothing is sent, no transaction is needed: the consumer commits.",
            really =
                    "Such a commit is not fenced. A program that has been replaced puts the group back to where it was, and"
                            + " the records behind are relayed again.",
            concept = "Transactions")
    public static class CommitsSmallAmountsAlone extends RelayOnce {
        @Override
        void send(ConsumerRecords<String, String> records, Producer<String, String> producer, String to) {
            if (hasLarge(records)) {
                super.send(records, producer, to);
            }
        }

        @Override
        void commit(
                ConsumerRecords<String, String> records,
                Producer<String, String> producer,
                Consumer<String, String> consumer,
                TopicPartition source) {
            if (hasLarge(records)) {
                super.commit(records, producer, consumer, source);
            } else {
                consumer.commitSync();
            }
        }

        private static boolean hasLarge(ConsumerRecords<String, String> records) {
            for (ConsumerRecord<String, String> record : records) {
                if (Double.parseDouble(record.value()) >= 100) {
                    return true;
                }
            }
            return false;
        }
    }

    @Misconception(
            believed = "A fenced producer needs a new one, which sends the records again.",
            really = "Fenced means that another program has taken over. It has relayed these records already. The"
                    + " new producer sends them once more, and fences the program that works.",
            concept = "Transactions")
    public static class GoesOnWhenFenced extends RelayOnce {
        private Clients clients;
        private String to;
        private String group;

        @Override
        public void relay(Clients clients, String from, String to, String group) {
            this.clients = clients;
            this.to = to;
            this.group = group;
            super.relay(clients, from, to, group);
        }

        @Override
        void commit(
                ConsumerRecords<String, String> records,
                Producer<String, String> producer,
                Consumer<String, String> consumer,
                TopicPartition source) {
            try {
                super.commit(records, producer, consumer, source);
            } catch (ProducerFencedException | InvalidProducerEpochException e) {
                try (Producer<String, String> another = clients.producer(producerSettings(group))) {
                    begin(another);
                    send(records, another, to);
                    super.commit(records, another, consumer, source);
                }
            }
        }
    }

    @Misconception(
            believed = "A finally block that closes the clients is enough.",
            really = "If the second client cannot be created, the block is not reached, and the first one stays open."
                    + " Create them in try-with-resources.",
            concept = "Consumer groups")
    public static class CreatesTheClientsBeforeTheTry extends RelayOnce {
        @Override
        public void relay(Clients clients, String from, String to, String group) {
            Producer<String, String> producer = clients.producer(producerSettings(group));
            Consumer<String, String> consumer = clients.consumer(consumerSettings(group));
            try {
                relay(producer, consumer, new TopicPartition(from, 0), to);
            } finally {
                consumer.close();
                producer.close();
            }
        }
    }
}
