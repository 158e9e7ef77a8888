package lesson02;

import java.time.Duration;
import java.util.HashMap;
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
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link AtLeastOnceConsumer} that people really give. */
public final class AtLeastOnceConsumerMisconceptions {

    private AtLeastOnceConsumerMisconceptions() {}

    @Misconception(
            believed =
                    "What my handler has finished is committed, since Kafka commits by itself; or I do, in a finally.",
            really = "Neither the consumer nor a finally knows of the handler. A commit without offsets means the"
                    + " consumer's position, which is behind all that the last poll has returned. When the handler"
                    + " throws, closing the consumer commits that (enable.auto.commit is on by default), and the rest of"
                    + " the poll is lost.",
            concept = "Offsets")
    public static class LeavesItToAutoCommit extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of("enable.auto.commit", true))) {
                read(consumer, topic, records -> handle(records, handler));
            }
        }
    }

    @Misconception(
            believed = "Commit first, so that no record is handled twice.",
            really = "Then a record is handled at most once: after a crash between the commit and the handler nobody"
                    + " asks for it again. One of the two has to come first, and only handling before committing"
                    + " loses nothing.",
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
            believed = "A record that cannot be handled is logged, and life goes on.",
            really = "A commit is one number: all before it is done. With the next record that is committed, the one"
                    + " that failed is committed, too, and never comes again. Let the exception out; or set the record"
                    + " aside where it is not forgotten, if the task allows.",
            concept = "Delivery guarantees")
    public static class SkipsWhatFails extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            super.consume(servers, topic, group, value -> {
                try {
                    handler.accept(value);
                } catch (RuntimeException e) {
                    // logged, one means to say
                }
            });
        }
    }

    @Misconception(
            believed = "A consumer group remembers how far it has read; that is what it is for.",
            really = "It remembers what was committed. Where the automatic commit is off, your code commits or nobody"
                    + " does, and the next run begins at the first record again.",
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
            believed = "The offset of the record that I have handled is the offset to commit.",
            really = "A commit names the offset to read next: that of the last record handled, plus one. Without the"
                    + " one, the last record of each partition comes again in every run.",
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
            believed = "A new group begins at the first record.",
            really = "A group without a commit begins where auto.offset.reset says, and where nothing is said that is"
                    + " \"latest\", the end: it sees only what comes later. Committing the end then makes it final.",
            concept = "Offsets")
    public static class BeginsAtTheEnd extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            try (var consumer = open(servers, group, Map.of("auto.offset.reset", "latest"))) {
                handleAll(consumer, topic, handler);
            }
        }
    }

    @Misconception(
            believed = "When a poll brings nothing, everything was read.",
            really = "A poll brings what is there when its time is up. The first ones often bring nothing, because the"
                    + " consumer is still joining its group; a slow broker or a rebalance does the same later. Where"
                    + " the topic ends, endOffsets says.",
            concept = "Polling")
    public static class TakesAnEmptyPollForTheEnd extends AtLeastOnceConsumer {
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
            believed = "A consumer that nobody polls any more does no harm.",
            really = "It is a member of its group until it leaves, or until the broker has waited in vain: 45 seconds"
                    + " for a heartbeat, which a thread of the consumer goes on sending, or five minutes for a poll."
                    + " All that time its partitions are read by nobody.",
            concept = "Consumer groups")
    public static class LeavesTheConsumerOpen extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            handleAll(open(servers, group, Map.of()), topic, handler);
        }
    }

    @Misconception(
            believed = "Close the consumer in the last line, and it is closed.",
            really =
                    "When the handler throws, the last line is not reached, and the consumer stays a member of its"
                            + " group: the next run waits for it. Try-with-resources, or a finally, closes it on every way out.",
            concept = "Consumer groups")
    public static class ClosesOnlyWhenAllGoesWell extends AtLeastOnceConsumer {
        @Override
        public void consume(String servers, String topic, String group, Consumer<String> handler) {
            KafkaConsumer<String, String> consumer = open(servers, group, Map.of());
            handleAll(consumer, topic, handler);
            consumer.close();
        }
    }

    @Misconception(
            believed = "assign() does what subscribe() does, and needs no waiting for a group.",
            really =
                    "assign() takes partitions without asking: the group id only says where to commit. Two such programs"
                            + " both handle everything. Beside members that have subscribed, it may not even commit.",
            concept = "Consumer groups")
    public static class AssignsItselfEverything extends AtLeastOnceConsumer {
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

    /** Joins the group, and does this with what each poll brings, until its partitions have been read. */
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

    /** Whether it has read its partitions as far as they went at the beginning. */
    private static boolean isAtEnd(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> mine = consumer.assignment();
        return !mine.isEmpty()
                && mine.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }
}
