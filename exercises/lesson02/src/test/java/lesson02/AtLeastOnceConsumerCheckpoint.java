package lesson02;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewProcess;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.CallLimit;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

@Checkpoint(AtLeastOnceConsumer.class)
class AtLeastOnceConsumerCheckpoint {

    private static final String FAILS = "fails once";
    private static final String WORKS = "works";

    @Test
    @Order(1)
    void everyRecordIsHandledInOrderAndCommitted(AtLeastOnceConsumer answer) {
        Consuming consuming = new Consuming(answer, 1);
        script().batch(record("a"), record("b"))
                .emitsInOrder(handled("a"), handled("b"))
                .expects("committed", 2, consuming::committed)
                .batch(record("c"))
                .emitsInOrder(handled("a"), handled("b"), handled("c"))
                .expects("committed", 3, consuming::committed)
                .run(consuming);
    }

    /** The first record fails, so nothing may be committed, however often an answer commits. */
    @Test
    @Order(2)
    void aRecordThatWasNotHandledIsNotCommittedAndIsReadAgain(AtLeastOnceConsumer answer) {
        Consuming consuming = new Consuming(answer, 1);
        script().batch(row(0, "a", FAILS), record("b"))
                .emitsNothing()
                .expects("exception", "a was not handled", consuming::exception)
                .expects("committed when a failed", 0, consuming::committedAtFailure)
                .expects("committed", 0, consuming::committed)
                .batch()
                .emitsInOrder(handled("a"), handled("b"))
                .run(consuming);
    }

    /** A record in the middle of a poll fails. Those before it may be handled again. */
    @Test
    @Order(3)
    void afterACrashAtAnyRecordNoneIsMissing(AtLeastOnceConsumer answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        int failing = random.nextInt(40);
        List<ScriptRow> records = IntStream.range(0, 40)
                .mapToObj(i -> row(
                        random.nextInt(3),
                        String.valueOf(1000 * (i + 1) + random.nextInt(1000)),
                        i == failing ? FAILS : WORKS))
                .toList();
        script().title(seed.hint())
                .batch(records)
                .emitsInOrder(records.stream()
                        .sorted(Comparator.comparingInt(record -> record.getInt(0)))
                        .map(record -> row(record.get(0), record.get(1)))
                        .toArray())
                .run(new Recovering(answer));
    }

    @Test
    @Order(4)
    void theRecordsAreSharedWithTheOtherMembersOfTheGroup(AtLeastOnceConsumer answer) throws Exception {
        KafkaTopic topic = KafkaTopic.create(2);
        send(
                topic,
                IntStream.range(0, 10)
                        .mapToObj(i -> row(i % 2, String.valueOf(i % 2)))
                        .toList());
        List<String> handled = new ArrayList<>();
        try (OtherMember other = new OtherMember(topic)) {
            CallLimit.run(() -> answer.consume(topic.servers(), topic.name(), group(topic), handled::add));
            Optional<List<String>> expected = other.share().map(share -> Collections.nCopies(5, "" + (1 - share)));
            if (!expected.equals(Optional.of(handled))) {
                throw new AssertionError("""
                        Two partitions have five records each. The group has another member, which is assigned one of
                        them. The method has to handle the five records of the other partition, each once.""");
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void send(KafkaTopic topic, List<ScriptRow> records) {
        topic.send(records.stream()
                .map(record -> new ProducerRecord<>(topic.name(), record.getInt(0), (String) null, record.getString(1)))
                .toArray(ProducerRecord[]::new));
    }

    private static Script script() {
        return Script.of("partition INT, value STRING, handling STRING").columns("partition", "value");
    }

    /** Each step has its own group, so that a consumer that an answer leaves open does not affect other steps. */
    private static String group(KafkaTopic topic) {
        return "audit of " + topic.name();
    }

    private static ScriptRow record(String value) {
        return row(0, value, WORKS);
    }

    private static ScriptRow handled(String value) {
        return row(0, value);
    }

    /** The answer, for {@link NewProcess}. */
    private interface Program {
        void consume(String servers, String topic, String group, Consumer<String> handler);
    }

    /** One call of the method for each batch, each in a new process. */
    private static class Consuming implements Job {
        final KafkaTopic topic;
        final List<ScriptRow> handled = new ArrayList<>();
        private final Map<String, ScriptRow> records = new HashMap<>();
        private final Set<String> failing = new HashSet<>();
        private final AtLeastOnceConsumer answer;
        private String exception;
        private Long committedAtFailure;

        Consuming(AtLeastOnceConsumer answer, int partitions) {
            this.answer = answer;
            topic = KafkaTopic.create(partitions);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            send(topic, rows);
            for (ScriptRow record : rows) {
                records.put(record.getString(1), record);
                if (record.getString(2).equals(FAILS)) {
                    failing.add(record.getString(1));
                }
            }
        }

        @Override
        public void run() {
            exception = null;
            try {
                NewProcess.of(answer, Program.class).consume(topic.servers(), topic.name(), group(topic), this::handle);
            } catch (RuntimeException e) {
                exception = notHandled(e);
            }
            if (topic.members(group(topic)) > 0) {
                throw new AssertionError("""
                        The method has ended, but its consumer is still a member of the group: no other member gets its
                        partitions until the broker removes it.""");
            }
        }

        private void handle(String value) {
            if (failing.remove(value)) {
                committedAtFailure = committed();
                throw new NotHandled(value);
            }
            handled.add(row(records.get(value).get(0), value));
        }

        /** Returns the message of the handler's exception, and throws any other exception. */
        private static String notHandled(RuntimeException thrown) {
            return Stream.<Throwable>iterate(thrown, e -> e != null, Throwable::getCause)
                    .filter(NotHandled.class::isInstance)
                    .map(Throwable::getMessage)
                    .findFirst()
                    .orElseThrow(() -> thrown);
        }

        @Override
        public List<ScriptRow> output() {
            return List.copyOf(handled);
        }

        String exception() {
            return exception;
        }

        /** The committed offset of partition 0, or 0 without a commit: both mean that no record is handled. */
        Long committed() {
            return topic.committed(group(topic)).getOrDefault(0, 0L);
        }

        Long committedAtFailure() {
            return committedAtFailure;
        }
    }

    /** Calls the method again until it does not throw. */
    private static final class Recovering extends Consuming {

        Recovering(AtLeastOnceConsumer answer) {
            super(answer, 3);
        }

        @Override
        public void run() {
            do {
                super.run();
            } while (exception() != null);
        }

        /** Sorted by partition; within a partition in the order in which the records were handled first. */
        @Override
        public List<ScriptRow> output() {
            return handled.stream()
                    .distinct()
                    .sorted(Comparator.comparingInt(record -> record.getInt(0)))
                    .toList();
        }
    }

    private static final class NotHandled extends RuntimeException {
        NotHandled(String value) {
            super(value + " was not handled");
        }
    }

    /** Another member of the group. It reads nothing until the answer's consumer joins, and then its own partition. */
    private static final class OtherMember implements AutoCloseable, ConsumerRebalanceListener {
        private final CompletableFuture<Void> onlyMember = new CompletableFuture<>();
        private final CompletableFuture<Integer> share = new CompletableFuture<>();
        private final KafkaConsumer<String, String> consumer;
        private final CompletableFuture<Void> work;
        private volatile boolean isClosing;

        /** Joins the group, and returns when that is done. */
        OtherMember(KafkaTopic topic) {
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            topic.servers(),
                            "group.id",
                            group(topic),
                            "enable.auto.commit",
                            false,
                            "auto.offset.reset",
                            "earliest",
                            "heartbeat.interval.ms",
                            20,
                            "fetch.max.wait.ms",
                            10),
                    new StringDeserializer(),
                    new StringDeserializer());
            consumer.subscribe(List.of(topic.name()), this);
            work = CompletableFuture.runAsync(this::work, task -> new Thread(task, "other").start());
            CompletableFuture.anyOf(onlyMember, work).join();
        }

        private void work() {
            try (consumer) {
                while (!isClosing) {
                    if (!consumer.poll(Duration.ofMillis(20)).isEmpty()) {
                        consumer.commitSync();
                    }
                }
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.size() == 1) {
                share.complete(partitions.iterator().next().partition());
            } else {
                consumer.pause(partitions);
                onlyMember.complete(null);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // All records that it has read are committed.
        }

        /** The partition that it was assigned when another member joined; empty if none joined. */
        Optional<Integer> share() {
            return Optional.ofNullable(
                    share.completeOnTimeout(null, 5, TimeUnit.SECONDS).join());
        }

        @Override
        public void close() {
            isClosing = true;
            work.join();
        }
    }
}
