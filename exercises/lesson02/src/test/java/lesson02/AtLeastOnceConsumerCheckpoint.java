package lesson02;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.time.Instant;
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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewProcess;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.CallLimit;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
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
        Consuming consuming = new Consuming(answer, 2);
        script().batch(record("a"), record("b"))
                .emitsInOrder(handled("a"), handled("b"))
                .expects("committed", offsets(2, 0), consuming::committed)
                .batch(record("c"), row(1, "d", WORKS))
                .emits(handled("a"), handled("b"), handled("c"), row(1, "d"))
                .expects("committed", offsets(3, 1), consuming::committed)
                .run(consuming);
    }

    /** The second of three records fails. The first may be handled again. */
    @Test
    @Order(2)
    void aRecordThatWasNotHandledIsNotCommittedAndIsReadAgain(AtLeastOnceConsumer answer) {
        Consuming consuming = new Consuming(answer, 1).withoutRepetitions();
        script().batch(record("a"), row(0, "b", FAILS), record("c"))
                .emitsInOrder(handled("a"))
                .expects("exception", "b was not handled", consuming::exception)
                .expects("committed before a was handled", offsets(0), consuming::committedAtFirst)
                .expects("committed when b failed, but not handled", 0, consuming::committedOnlyAtFailure)
                .expects("committed, but not handled", 0, consuming::committedOnly)
                .batch()
                .emitsInOrder(handled("a"), handled("b"), handled("c"))
                .expects("committed", offsets(3), consuming::committed)
                .run(consuming);
    }

    /** More records than a poll returns. In two partitions one of them fails. Those before it may be handled again. */
    @Test
    @Order(3)
    void afterACrashAtAnyRecordNoneIsMissing(AtLeastOnceConsumer answer) {
        Seed seed = Seed.next();
        List<ScriptRow> records = randomRecords(seed.random());
        Recovering recovering = new Recovering(answer);
        script().title(seed.hint())
                .batch(records)
                .emitsInOrder(records.stream()
                        .sorted(Comparator.comparingInt(record -> record.getInt(0)))
                        .map(record -> row(record.get(0), record.get(1)))
                        .toArray())
                .expects("committed, but not handled", 0, recovering::committedOnly)
                .expects("committed", counts(records), recovering::committed)
                .run(recovering);
    }

    /** The other member joins when the method's first poll has returned, and commits when the method polls again. */
    @Test
    @Order(4)
    void theRecordsAreSharedWithTheOtherMembersOfTheGroup(AtLeastOnceConsumer answer) throws Exception {
        KafkaTopic topic = KafkaTopic.create(2);
        send(
                topic,
                IntStream.range(0, 2 * OtherMember.RECORDS)
                        .mapToObj(i -> row(i % 2, String.valueOf(i % 2)))
                        .toList());
        List<String> handled = new ArrayList<>();
        try (OtherMember other = new OtherMember(topic)) {
            CallLimit.run(() -> answer.consume(topic.servers(), topic.name(), group(topic), handled::add));
            Optional<List<String>> expected =
                    other.share().map(share -> Collections.nCopies(OtherMember.RECORDS, "" + (1 - share)));
            if (!expected.equals(Optional.of(handled))) {
                throw new AssertionError("""
                        Two partitions have five records each. The group has another member, which is assigned one of
                        them. The method has to handle the five records of the other partition, each once.""");
            }
            if (!other.hasCommitted()) {
                throw new AssertionError("""
                        The method has returned before the group had committed all records: the other member had read
                        its partition, and not committed it yet. If it fails, nobody handles these records.""");
            }
        }
    }

    /** The number makes the values unique. */
    private static List<ScriptRow> randomRecords(Random random) {
        List<ScriptRow> drawn = RandomRows.of("partition INT, text STRING")
                .oneOf("partition", 0, 1, 2)
                .notNull()
                .rows(random, 510);
        Map<Integer, Integer> failing = Map.of(0, 1 + random.nextInt(100), 2, 1 + random.nextInt(100));
        Map<Integer, Integer> places = new HashMap<>();
        return IntStream.range(0, drawn.size())
                .mapToObj(i -> {
                    int partition = drawn.get(i).getInt(0);
                    int place = places.merge(partition, 1, Integer::sum) - 1;
                    boolean fails = failing.getOrDefault(partition, -1) == place;
                    return row(partition, 1000 + i + drawn.get(i).getString(1), fails ? FAILS : WORKS);
                })
                .toList();
    }

    /** The offset of partition 0, 1 and so on. */
    private static Map<Integer, Long> offsets(long... offsets) {
        return IntStream.range(0, offsets.length)
                .boxed()
                .collect(Collectors.toMap(partition -> partition, i -> offsets[i], Long::max, TreeMap::new));
    }

    private static Map<Integer, Long> counts(List<ScriptRow> records) {
        return new TreeMap<>(
                records.stream().collect(Collectors.groupingBy(record -> record.getInt(0), Collectors.counting())));
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
        private final KafkaTopic topic;
        private final int partitions;
        private final List<ScriptRow> handled = new ArrayList<>();
        private final Map<String, ScriptRow> records = new HashMap<>();
        private final Set<String> failing = new HashSet<>();
        private final AtLeastOnceConsumer answer;
        private boolean hasRepetitions = true;
        private String exception;
        private Map<Integer, Long> committedAtFirst;
        private long committedOnlyAtFailure;
        private long committedOnly;

        Consuming(AtLeastOnceConsumer answer, int partitions) {
            this.answer = answer;
            this.partitions = partitions;
            topic = KafkaTopic.create(partitions);
        }

        /** Leaves a record that is handled again out of the output. */
        Consuming withoutRepetitions() {
            hasRepetitions = false;
            return this;
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
            committedAtFirst = null;
            try {
                NewProcess.of(answer, Program.class).consume(topic.servers(), topic.name(), group(topic), this::handle);
            } catch (RuntimeException e) {
                exception = notHandled(e);
            }
            compareCommitted();
            if (topic.members(group(topic)) > 0) {
                throw new AssertionError("""
                        The method has ended, but its consumer is still a member of the group: no other member gets its
                        partitions until the broker removes it.""");
            }
        }

        private void handle(String value) {
            if (committedAtFirst == null) {
                committedAtFirst = committed();
            }
            if (failing.remove(value)) {
                compareCommitted();
                committedOnlyAtFailure = committedOnly;
                throw new NotHandled(value);
            }
            ScriptRow record = records.get(value);
            handled.add(row(record == null ? -1 : record.get(0), value));
        }

        /** Returns the message of the handler's exception, and throws any other exception. */
        private static String notHandled(RuntimeException thrown) {
            return Stream.<Throwable>iterate(thrown, e -> e != null, Throwable::getCause)
                    .filter(NotHandled.class::isInstance)
                    .map(Throwable::getMessage)
                    .findFirst()
                    .orElseThrow(() -> thrown);
        }

        /** The records of a partition are handled in order, so the commit is at most the number of those handled. */
        private void compareCommitted() {
            Map<Integer, Long> counts = counts(withoutCopies());
            committed()
                    .forEach((partition, offset) ->
                            committedOnly = Math.max(committedOnly, offset - counts.getOrDefault(partition, 0L)));
        }

        @Override
        public List<ScriptRow> output() {
            return hasRepetitions ? List.copyOf(handled) : withoutCopies();
        }

        List<ScriptRow> withoutCopies() {
            return handled.stream().distinct().toList();
        }

        String exception() {
            return exception;
        }

        /** The committed offset of each partition; 0 without a commit: both mean that no record is handled. */
        Map<Integer, Long> committed() {
            Map<Integer, Long> committed = topic.committed(group(topic));
            IntStream.range(0, partitions).forEach(partition -> committed.putIfAbsent(partition, 0L));
            return committed;
        }

        Map<Integer, Long> committedAtFirst() {
            return committedAtFirst;
        }

        long committedOnlyAtFailure() {
            return committedOnlyAtFailure;
        }

        /** The largest number of records of a partition that were committed without having been handled. */
        long committedOnly() {
            return committedOnly;
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
            return withoutCopies().stream()
                    .sorted(Comparator.comparingInt(record -> record.getInt(0)))
                    .toList();
        }
    }

    private static final class NotHandled extends RuntimeException {
        NotHandled(String value) {
            super(value + " was not handled");
        }
    }

    /**
     * Another member of the group. It reads its own partition after the answer's consumer has joined, and commits it when
     * the answer has committed its own and goes on.
     */
    private static final class OtherMember implements AutoCloseable, ConsumerRebalanceListener {
        static final int RECORDS = 5;

        /** Only an answer that does not wait for its group by polling needs all of it. */
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        private final KafkaTopic topic;
        private final CompletableFuture<Void> onlyMember = new CompletableFuture<>();
        private final CompletableFuture<Integer> share = new CompletableFuture<>();
        private final KafkaConsumer<String, String> consumer;
        private final CompletableFuture<Void> work;
        private Thread answer;
        private Instant deadline;
        private int read;
        private volatile boolean hasCommitted;
        private volatile boolean isClosing;

        /** Joins the group, and returns when that is done. */
        OtherMember(KafkaTopic topic) {
            this.topic = topic;
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
                pollUntil(onlyMember::isDone);
                waitFor(this::hasPolledOnce);
                pollUntil(() -> read == RECORDS);
                consumer.pause(consumer.assignment());
                pollUntil(this::goesOnAfterItsCommit);
                if (!isClosing) {
                    consumer.commitSync();
                    hasCommitted = true;
                }
                pollUntil(() -> false);
            } catch (CommitFailedException | RebalanceInProgressException e) {
                // the answer has left the group meanwhile
            }
        }

        private void pollUntil(BooleanSupplier condition) {
            while (!isClosing && !condition.getAsBoolean()) {
                read += consumer.poll(Duration.ofMillis(20)).count();
            }
        }

        /** Waits without a poll, so that no other member can join. */
        private void waitFor(BooleanSupplier condition) {
            Instant end = Instant.now().plus(PATIENCE);
            while (!isClosing && !condition.getAsBoolean() && Instant.now().isBefore(end)) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        private boolean hasPolledOnce() {
            if (answer == null) {
                answer = Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread != Thread.currentThread() && isInConsumer(thread, "poll"))
                        .findFirst()
                        .orElse(null);
                return false;
            }
            return !isInConsumer(answer, "poll");
        }

        private boolean goesOnAfterItsCommit() {
            if (!topic.committed(group(topic)).containsValue((long) RECORDS)) {
                return false;
            }
            deadline = deadline == null ? Instant.now().plus(PATIENCE) : deadline;
            return answer != null && (isInConsumer(answer, "poll") || isInConsumer(answer, "committed"))
                    || Instant.now().isAfter(deadline);
        }

        private static boolean isInConsumer(Thread thread, String method) {
            return Stream.of(thread.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals(method)
                            && frame.getClassName().equals(KafkaConsumer.class.getName()));
        }

        boolean hasCommitted() {
            return hasCommitted;
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
