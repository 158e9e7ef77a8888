package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

class LocalKafkaTest {

    private static LocalKafka kafka;

    @BeforeAll
    static void start() {
        kafka = LocalKafka.start("embedded");
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void theEmbeddedBrokerStoresWhatIsProduced() {
        kafka.createTopic("stored", 1);
        produce(kafka, "stored", "hello");
        assertThat(consume(kafka, "stored")).isEqualTo("hello");
    }

    @Test
    void anExistingTopicIsLeftUnchanged() throws Exception {
        kafka.createTopic("twice", 2);
        kafka.createTopic("twice", 5);
        var description = kafka.admin()
                .describeTopics(List.of("twice"))
                .allTopicNames()
                .get()
                .get("twice");
        assertThat(description.partitions()).hasSize(2);
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
    }

    @Test
    void brokerAndControllerNeverGetTheSamePort() throws IOException {
        int last = 0;
        for (int i = 0; i < 100_000; i++) { // the system returns the previous port about a dozen times
            int next = EmbeddedBroker.freePort(last);
            assertThat(next).isNotEqualTo(last);
            last = next;
        }
    }

    @Test
    void twoBrokersRunAtTheSameTime() {
        try (LocalKafka other = LocalKafka.start("embedded")) {
            assertThat(other.bootstrapServers()).isNotEqualTo(kafka.bootstrapServers());
        }
    }

    @Test
    void yourOwnBrokerIsUsedAndKeepsRunning() {
        kafka.createTopic("yours", 1);
        try (LocalKafka yours = LocalKafka.start(kafka.bootstrapServers())) {
            produce(yours, "yours", "from outside");
        }
        assertThat(consume(kafka, "yours")).isEqualTo("from outside");
    }

    @Test
    void anInvalidTopicNameIsAnError() {
        assertThatThrownBy(() -> kafka.createTopic("no spaces", 1))
                .hasMessageStartingWith("Topic no spaces was not created: ");
    }

    @Test
    void anInvalidChoiceIsExplained() {
        assertThatThrownBy(() -> LocalKafka.start("my broker"))
                .isInstanceOf(LocalKafka.NoKafkaException.class)
                .hasMessage("WORKBOOK_KAFKA=my broker is not valid. Use host:port for your own broker,"
                        + " `container` for a broker in Docker, or unset it to use a broker in this JVM.");
    }

    @Test
    void anUnknownHostIsExplained() {
        assertThatThrownBy(() -> LocalKafka.start("no-such-host.invalid:9092"))
                .isInstanceOf(LocalKafka.NoKafkaException.class)
                .hasMessage(
                        "No Kafka broker answers at no-such-host.invalid:9092 (WORKBOOK_KAFKA). Start it, correct the"
                                + " address, or unset WORKBOOK_KAFKA to use a broker in this JVM.");
    }

    @Test
    void aMissingDockerEngineIsExplained() {
        assumeFalse(DockerClientFactory.instance().isDockerAvailable());
        assertThatThrownBy(() -> LocalKafka.start("container"))
                .isInstanceOf(LocalKafka.NoKafkaException.class)
                .hasMessage("WORKBOOK_KAFKA=container needs a Docker engine, and none is running."
                        + " Start Docker, or unset WORKBOOK_KAFKA to use a broker in this JVM.");
    }

    private static void produce(LocalKafka kafka, String topic, String value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value));
        }
    }

    private static String consume(LocalKafka kafka, String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "group.id",
                        topic + "-readers",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            for (int i = 0; i < 100; i++) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    return record.value();
                }
            }
            return "nothing in 20 s";
        }
    }
}
