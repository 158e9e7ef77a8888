package workbook.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import workbook.check.kafka.KafkaTopic;

/** Proves statements of QA.md and CONCEPTS.md about Kafka's clients, with a broker. */
class KafkaClientsTest {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KafkaTopic topic = KafkaTopic.create(1);

    @Test
    void aGroupWithoutACommitBeginsAtTheEnd() {
        topic.send(topic.record("1", "a"), topic.record("1", "b"));
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        try (var consumer = consumer(Map.of())) {
            consumer.assign(List.of(partition));
            assertThat(consumer.position(partition)).isEqualTo(2);
        }
    }

    @Test
    void whoWorksTooLongBetweenPollsLosesItsPartitionAndTheRecordIsHandledTwice() {
        assertThat(ConsumerConfig.configDef().defaultValues())
                .contains(entry("max.poll.interval.ms", 300_000), entry("max.poll.records", 500));
        topic.send(topic.record("1", "a"));
        try (var slow = consumer(Map.of("auto.offset.reset", "earliest", "max.poll.interval.ms", 500));
                var other = consumer(Map.of("auto.offset.reset", "earliest"))) {
            slow.subscribe(List.of(topic.name()));
            other.subscribe(List.of(topic.name()));
            assertThat(next(slow)).isEqualTo("a");
            assertThat(next(other)).isEqualTo("a"); // meanwhile slow sends heartbeats, and does not poll
            assertThatThrownBy(slow::commitSync).isInstanceOf(CommitFailedException.class);
        }
    }

    @Test
    void aProducerIsIdempotentAsksAllReplicasAndWaitsFiveMilliseconds() throws Exception {
        assertThat(ProducerConfig.configDef().defaultValues())
                .contains(entry("acks", "all"), entry("enable.idempotence", true), entry("linger.ms", 5L));
        assertThat(idempotentProducers(Map.of())).isEqualTo(1);
    }

    @Test
    void weakerAcknowledgementsOrNoRetriesTurnIdempotenceOffUnlessItWasAskedFor() throws Exception {
        for (Map<String, Object> weaker : List.<Map<String, Object>>of(Map.of("acks", "1"), Map.of("retries", 0))) {
            assertThat(idempotentProducers(weaker)).isZero();
            Map<String, Object> asked = new HashMap<>(weaker);
            asked.put("enable.idempotence", true);
            assertThatThrownBy(() -> producer(asked)).isInstanceOf(ConfigException.class);
        }
    }

    @Test
    void moreThanFiveRequestsInFlightAreRefused() throws Exception {
        String inFlight = "max.in.flight.requests.per.connection";
        assertThatThrownBy(() -> producer(Map.of(inFlight, 6)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be set to at most 5");
        assertThat(idempotentProducers(Map.of(inFlight, 6, "enable.idempotence", false)))
                .isZero();
    }

    @Test
    void aTimestampMoreThanAnHourAheadIsRefused() throws Exception {
        try (var producer = producer(Map.of())) {
            producer.send(at(Duration.ofMinutes(50))).get();
            assertThatThrownBy(() -> producer.send(at(Duration.ofMinutes(70))).get())
                    .hasCauseInstanceOf(InvalidTimestampException.class);
        }
    }

    @Test
    void closingAbortsAnOpenTransaction() {
        try (var producer = producer(Map.of("transactional.id", topic.name()))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(topic.record("1", "a"));
        }
        topic.sendAndCommit(topic.record("1", "b"));
        try (var reader = consumer(Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest"))) {
            reader.subscribe(List.of(topic.name()));
            assertThat(next(reader)).isEqualTo("b");
        }
    }

    private ProducerRecord<String, String> at(Duration ahead) {
        return new ProducerRecord<>(topic.name(), 0, Instant.now().plus(ahead).toEpochMilli(), "1", "a");
    }

    /** The value of the next record. */
    private static String next(KafkaConsumer<String, String> consumer) {
        ConsumerRecords<String, String> records = await().atMost(PATIENCE)
                .pollInSameThread()
                .until(() -> consumer.poll(POLL), polled -> !polled.isEmpty());
        return records.iterator().next().value();
    }

    /** The number of producer ids that the broker has assigned after a producer with these settings has sent a record. */
    private long idempotentProducers(Map<String, Object> settings) throws Exception {
        KafkaTopic own = KafkaTopic.create(1);
        try (var producer = producer(settings)) {
            producer.send(own.record("1", "a")).get();
        }
        return own.idempotentProducers();
    }

    private KafkaProducer<String, String> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(atTheBroker(settings), new StringSerializer(), new StringSerializer());
    }

    private KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        Map<String, Object> all = atTheBroker(settings);
        all.putAll(Map.of("group.id", "readers of " + topic.name(), "enable.auto.commit", false));
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    private Map<String, Object> atTheBroker(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", topic.servers());
        return all;
    }
}
