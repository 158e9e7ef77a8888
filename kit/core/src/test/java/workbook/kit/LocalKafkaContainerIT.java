package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Container;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** Tests that need a Docker engine. {@code mvn test} skips them by their name; {@code .ci/container-test} runs them. */
class LocalKafkaContainerIT {

    @BeforeAll
    static void needsAnEngine() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine is running");
    }

    @Test
    void aBrokerInAContainerStoresRecordsAndIsRemovedWhenClosed() throws Exception {
        try (LocalKafka kafka = LocalKafka.start("container")) {
            assertThat(brokers()).hasSize(1);
            kafka.createTopic("stored", 1);
            produce(kafka, "stored", "hello");
            assertThat(consume(kafka, "stored")).isEqualTo("hello");
        }
        assertThat(brokers()).isEmpty();
    }

    @Test
    void aMissingImageIsExplained() {
        assertThatThrownBy(() -> ContainerBroker.start("workbook.invalid/no-such-kafka:1"))
                .isInstanceOf(LocalKafka.NoKafkaException.class)
                .hasMessageMatching("Cannot pull the image workbook\\.invalid/no-such-kafka:1: [^\\n{]+[^.]\\."
                        + " Check the network and the name \\(WORKBOOK_KAFKA_IMAGE\\)\\."
                        + " Or unset WORKBOOK_KAFKA to use a broker in this JVM\\.");
        assertThat(brokers()).isEmpty();
    }

    /** The containers of this JVM, running or not, without Testcontainers' own. */
    private static List<Container> brokers() {
        return DockerClientFactory.lazyClient()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(
                        Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID))
                .exec()
                .stream()
                .filter(container -> !container.getImage().contains("ryuk"))
                .toList();
    }

    private static void produce(LocalKafka kafka, String topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static String consume(LocalKafka kafka, String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
        }
    }
}
