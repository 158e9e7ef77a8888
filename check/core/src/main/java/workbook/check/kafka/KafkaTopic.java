package workbook.check.kafka;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import workbook.check.script.SneakyThrow;
import workbook.kit.LocalKafka;

/**
 * A topic for one step of a checkpoint, on a real broker. It sends records for the answer to read, and returns what the
 * answer has left on the broker: records, committed offsets, members, producers.
 *
 * <pre>{@code
 * KafkaTopic topic = KafkaTopic.create(2);
 * topic.send(topic.record(0, "10", "a", at("09:00")), topic.record(1, "11", "b", at("09:01")));
 * answer.consume(topic.servers(), topic.name(), "audit");
 * assertThat(topic.committed("audit")).isEqualTo(Map.of(0, 1L, 1, 1L));
 * }</pre>
 *
 * <p>Keys and values are text in UTF-8. All methods wait for the broker's response.
 */
public final class KafkaTopic {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Set<TransactionState> ENDED =
            Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT);

    private final LocalKafka kafka;
    private final String name;
    private final int partitions;

    private KafkaTopic(LocalKafka kafka, String name, int partitions) {
        this.kafka = kafka;
        this.name = name;
        this.partitions = partitions;
    }

    /** Creates a topic with a unique name. */
    public static KafkaTopic create(int partitions) {
        return create(partitions, Map.of());
    }

    /** Creates a topic with settings such as {@code max.message.bytes}. */
    public static KafkaTopic create(int partitions, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putIfAbsent(
                "retention.ms",
                "-1"); // the times in scripts are old, and by default the broker deletes records after a week
        return new KafkaTopic(SharedKafka.broker(), SharedKafka.topic(partitions, all), partitions);
    }

    /** The broker's address, for {@code bootstrap.servers}. */
    public String servers() {
        return kafka.bootstrapServers();
    }

    public String name() {
        return name;
    }

    /** A record for this topic; its key determines the partition. */
    public ProducerRecord<String, String> record(String key, String value) {
        return new ProducerRecord<>(name, key, value);
    }

    /** A record for a partition of this topic, with this timestamp. */
    public ProducerRecord<String, String> record(int partition, String key, String value, Instant time) {
        return new ProducerRecord<>(name, partition, time.toEpochMilli(), key, value);
    }

    /** Sends these records. */
    @SafeVarargs
    public final void send(ProducerRecord<String, String>... records) {
        try (var producer = producer(Map.of())) {
            send(producer, records);
        }
    }

    /** Sends these records in a transaction and commits it. */
    @SafeVarargs
    public final void sendAndCommit(ProducerRecord<String, String>... records) {
        try (var producer = inTransaction(records)) {
            commit(producer);
        }
    }

    /**
     * Sends these records in a transaction and aborts it. They stay in the log, but read_committed consumers skip
     * them.
     */
    @SafeVarargs
    public final void sendAndAbort(ProducerRecord<String, String>... records) {
        try (var producer = inTransaction(records)) {
            abort(producer);
        }
    }

    /** Sends these records in a transaction that stays open until {@link #commit} or {@link #abort} ends it. */
    @SafeVarargs
    public final KafkaProducer<String, String> inTransaction(ProducerRecord<String, String>... records) {
        KafkaProducer<String, String> producer = producer(Map.of("transactional.id", name));
        producer.initTransactions();
        producer.beginTransaction();
        send(producer, records);
        return producer;
    }

    /** Commits the transaction of {@link #inTransaction}. */
    public void commit(KafkaProducer<String, String> producer) {
        producer.commitTransaction();
        awaitMarkers();
    }

    /** Aborts the transaction of {@link #inTransaction}. */
    public void abort(KafkaProducer<String, String> producer) {
        producer.abortTransaction();
        awaitMarkers();
    }

    /**
     * Waits for the transaction markers. Commit and abort return before the broker writes them, and until then
     * read_committed consumers see the log end where the transaction began.
     */
    private void awaitMarkers() {
        await().pollInSameThread()
                .pollInterval(POLL.dividedBy(10))
                .until(() -> ENDED.contains(
                        answer(kafka.admin().describeTransactions(List.of(name)).description(name))
                                .state()));
    }

    /** Deletes the records of a partition before an offset, as retention does: the log begins there. */
    public void deleteBefore(int partition, long offset) {
        answer(kafka.admin()
                .deleteRecords(Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    /** All records in the log, including those of aborted and open transactions, by partition and offset. */
    public List<ConsumerRecord<String, String>> records() {
        return read(IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * The records that read_committed consumers get, by partition and offset. A transaction that is open hides those
     * behind it; this method waits two seconds for its end.
     */
    public List<ConsumerRecord<String, String>> committedRecords() {
        Instant deadline = Instant.now().plusSeconds(2);
        while (!ends(IsolationLevel.READ_COMMITTED).equals(ends(IsolationLevel.READ_UNCOMMITTED))
                && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(POLL.toNanos() / 10);
        }
        return read(IsolationLevel.READ_COMMITTED);
    }

    /** The ends of all partitions for consumers of this level. */
    private List<Long> ends(IsolationLevel level) {
        Map<TopicPartition, OffsetSpec> latest = topicPartitions().stream()
                .collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest()));
        ListOffsetsResult ends = kafka.admin().listOffsets(latest, new ListOffsetsOptions(level));
        return topicPartitions().stream()
                .map(partition -> answer(ends.partitionResult(partition)).offset())
                .toList();
    }

    private List<ConsumerRecord<String, String>> read(IsolationLevel level) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        // close() waits for the response to the last fetch; with nothing left to read, that takes fetch.max.wait.ms.
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers(), "fetch.max.wait.ms", 10, "isolation.level", level.toString());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(topicPartitions());
            consumer.seekToBeginning(topicPartitions());
            Map<TopicPartition, Long> ends = consumer.endOffsets(topicPartitions());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        records.sort(Comparator.<ConsumerRecord<String, String>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return records;
    }

    /** The committed offsets of a group by partition: the next offset that the group reads. */
    public Map<Integer, Long> committed(String group) {
        Map<Integer, Long> offsets = new TreeMap<>();
        answer(kafka.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((place, offset) -> {
                    if (place.topic().equals(name) && offset != null) {
                        offsets.put(place.partition(), offset.offset());
                    }
                });
        return offsets;
    }

    /** The number of members of a group; a closed consumer has left it. */
    public int members(String group) {
        try {
            return answer(kafka.admin()
                            .describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group))
                    .members()
                    .size();
        } catch (GroupIdNotFoundException e) {
            return 0;
        }
    }

    /** The number of idempotent producers that have written to this topic, while the broker keeps their state. */
    public long idempotentProducers() {
        return answer(kafka.admin().describeProducers(topicPartitions()).all()).values().stream()
                .flatMap(partition -> partition.activeProducers().stream())
                .map(producer -> producer.producerId())
                .distinct()
                .count();
    }

    private List<TopicPartition> topicPartitions() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    private KafkaProducer<String, String> producer(Map<String, Object> settings) {
        Map<String, Object> all = new TreeMap<>(settings);
        all.put("bootstrap.servers", servers());
        all.put("linger.ms", 0);
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    @SafeVarargs
    private static void send(KafkaProducer<String, String> producer, ProducerRecord<String, String>... records) {
        Arrays.stream(records).map(producer::send).toList().forEach(KafkaTopic::answer);
    }

    private static <T> T answer(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw SneakyThrow.of(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the broker.", e);
        }
    }
}
