package lesson02;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link AtLeastOnceConsumer} that learners give. */
public final class AtLeastOnceConsumerMisconceptions {

    private AtLeastOnceConsumerMisconceptions() {}

    @Misconception(
            believed = "Kafka commits the records that my handler has finished; or a finally block does.",
            really = "Neither the consumer nor a finally block knows which records the handler has finished. A"
                    + " commit without offsets commits the consumer's position, which is after all records of"
                    + " the last poll. When the handler throws, closing the consumer commits that position"
                    + " (enable.auto.commit is on by default), and the remaining records of the poll are lost.",
            concept = "Offsets")
    public static class ReliesOnAutoCommit extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of("enable.auto.commit", true))) {
                read(consumer, topic, records -> handle(records, handler));
            }
        }
    }

    @Misconception(
            believed = "Commit first, so that no record is handled twice.",
            really = "Then a record is handled at most once: after a crash between commit and handler it is"
                    + " not read again. Only handling before committing loses nothing.",
            concept = "Delivery guarantees")
    public static class CommitsBeforeHandling extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of())) {
                read(consumer, topic, records -> {
                    consumer.commitSync();
                    handle(records, handler);
                });
            }
        }
    }

    @Misconception(
            believed = "Log a record that cannot be handled, and continue.",
            really = "A commit is one number: all records before it are done. The next commit covers the"
                    + " failed record, too, and it is never read again. Throw the exception, or write the record"
                    + " to a dead-letter topic if the task allows it.",
            concept = "Delivery guarantees")
    public static class SkipsFailedRecords extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            super.consume(servers, topic, group, value -> {
                try {
                    handler.accept(value);
                } catch (RuntimeException e) {
                    // it would log the error
                }
            });
        }
    }

    @Misconception(
            believed = "A consumer group stores how far it has read.",
            really = "It stores what was committed. If automatic commits are off and your code does not"
                    + " commit, the next run begins at the first record again.",
            concept = "Offsets")
    public static class NeverCommits extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of())) {
                read(consumer, topic, records -> handle(records, handler));
            }
        }
    }

    @Misconception(
            believed = "The offset to commit is the offset of the record that I have handled.",
            really = "A commit is the offset to read next: that of the last record handled, plus one. Without"
                    + " the plus one, the last record of each partition is read again in every run.",
            concept = "Offsets")
    public static class CommitsTheOffsetOfTheRecord extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of())) {
                read(
                        consumer,
                        topic,
                        records -> records.forEach(record -> {
                            handler.accept(record.value());
                            consumer.commitSync(Map.of(
                                    new TopicPartition(topic, record.partition()),
                                    new OffsetAndMetadata(record.offset())));
                        }));
            }
        }
    }

    @Misconception(
            believed = "commitSync() commits the record that I have just handled.",
            really = "Without offsets it commits the consumer's position, which is after all records that the poll has"
                    + " returned. When a later record of that poll fails, it is committed already, and lost. Commit"
                    + " after the last record of a poll, or pass the offset of the record plus one.",
            concept = "Offsets")
    public static class CommitsThePositionAfterEachRecord extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of())) {
                read(
                        consumer,
                        topic,
                        records -> records.forEach(record -> {
                            handler.accept(record.value());
                            consumer.commitSync();
                        }));
            }
        }
    }

    @Misconception(
            believed = "A topic has one offset: that of the last record that I have handled.",
            really = "Every partition counts its own records. The offset of one partition, committed for the others,"
                    + " skips records there or reads them again.",
            concept = "Offsets")
    public static class CommitsOneOffsetForAllPartitions extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of())) {
                read(consumer, topic, records -> {
                    for (ConsumerRecord<String, String> record : records) {
                        handler.accept(record.value());
                        OffsetAndMetadata next = new OffsetAndMetadata(record.offset() + 1);
                        consumer.commitSync(consumer.assignment().stream()
                                .collect(Collectors.toMap(partition -> partition, partition -> next)));
                    }
                });
            }
        }
    }

    @Misconception(
            believed = "When I have read my partitions, all records are handled.",
            really = "The other members may not have handled theirs. If one of them fails, its partitions come to the"
                    + " members that are left, and to nobody if all have returned. What the whole group has handled is"
                    + " in its commits.",
            concept = "Consumer groups")
    public static class LooksAtItsOwnPartitionsOnly extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of())) {
                handleAll(consumer, topic, handler);
            }
        }
    }

    @Misconception(
            believed = "A new group begins at the first record.",
            really = "A group without a commit begins where auto.offset.reset says. The default is \"latest\","
                    + " the end: the group reads only later records. Committing the end makes this permanent.",
            concept = "Offsets")
    public static class BeginsAtTheEnd extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of("auto.offset.reset", "latest"))) {
                handleAll(consumer, topic, handler);
                consumer.commitSync();
            }
        }
    }

    @Misconception(
            believed = "An empty poll means that everything was read.",
            really = "A poll returns the records that have arrived before its timeout. The first polls are"
                    + " often empty, because the consumer is still joining its group. A slow broker or a"
                    + " rebalance causes empty polls later. endOffsets returns the end of the topic.",
            concept = "Polling")
    public static class StopsAtAnEmptyPoll extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of())) {
                consumer.subscribe(List.of(topic));
                ConsumerRecords<String, String> records = consumer.poll(Duration.ZERO);
                while (!records.isEmpty()) {
                    handle(records, handler);
                    consumer.commitSync();
                    records = poll(consumer);
                }
            }
        }
    }

    @Misconception(
            believed = "A consumer that no longer polls does no harm.",
            really = "It is a member of its group until it leaves or times out: after 45 seconds without a"
                    + " heartbeat, which a thread of the consumer continues to send, or after five minutes"
                    + " without a poll. Until then no member reads its partitions.",
            concept = "Consumer groups")
    public static class LeavesTheConsumerOpen extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            handleAll(open(servers, group, Map.of()), topic, handler);
        }
    }

    @Misconception(
            believed = "close() in the last line closes the consumer.",
            really = "When the handler throws, the last line is not reached, and the consumer stays a member"
                    + " of its group: the next run waits for it. Try-with-resources or a finally block closes it"
                    + " on every way out.",
            concept = "Consumer groups")
    public static class ClosesOnlyOnSuccess extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            KafkaConsumer<String, String> consumer = open(servers, group, Map.of());
            handleAll(consumer, topic, handler);
            consumer.close();
        }
    }

    @Misconception(
            believed = "assign() does the same as subscribe(), without waiting for a group.",
            really = "assign() takes partitions without a group: the group id only determines where commits"
                    + " are stored. Two such programs both handle all records. If other members have subscribed,"
                    + " even its commits may be refused.",
            concept = "Consumer groups")
    public static class AssignsAllPartitions extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of())) {
                Map<TopicPartition, Long> ends = ends(consumer, topic);
                consumer.assign(ends.keySet());
                while (!isAtEnd(consumer, ends)) {
                    handle(poll(consumer), handler);
                    consumer.commitSync();
                }
            }
        }
    }

    private static KafkaConsumer<String, String> open(String servers, String group, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest"));
        all.putAll(settings);
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    private static void handleAll(KafkaConsumer<String, String> consumer, String topic, Consumer<String> handler) {
        read(consumer, topic, records -> {
            handle(records, handler);
            consumer.commitSync();
        });
    }

    /** Joins the group, and passes on the records of each poll until its partitions are read. */
    private static void read(
            KafkaConsumer<String, String> consumer, String topic, Consumer<ConsumerRecords<String, String>> poll) {
        consumer.subscribe(List.of(topic));
        Map<TopicPartition, Long> ends = ends(consumer, topic);
        while (!isAtEnd(consumer, ends)) {
            poll.accept(poll(consumer));
        }
    }

    private static void handle(ConsumerRecords<String, String> records, Consumer<String> handler) {
        records.forEach(record -> handler.accept(record.value()));
    }

    private static ConsumerRecords<String, String> poll(KafkaConsumer<String, String> consumer) {
        return consumer.poll(Duration.ofMillis(100));
    }

    private static Map<TopicPartition, Long> ends(KafkaConsumer<?, ?> consumer, String topic) {
        Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet());
        return consumer.endOffsets(partitions);
    }

    /** Whether the consumer has read its own partitions up to these ends, which is not enough in a group. */
    private static boolean isAtEnd(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> mine = consumer.assignment();
        return !mine.isEmpty()
                && mine.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }
}
