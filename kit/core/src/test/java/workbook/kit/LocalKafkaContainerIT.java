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

/** What needs a Docker engine. Its name keeps it out of {@code mvn test}; {@code .ci/container-test} runs it. */
class LocalKafkaContainerIT {

    @BeforeAll
    static void needsAnEngine() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
    }

    @Test
    void aBrokerInAContainerKeepsWhatIsProducedAndGoesWhenClosed() throws Exception {
        try (LocalKafka kafka = LocalKafka.start("container")) {
            assertThat(brokers()).hasSize(1);
            kafka.createTopic("kept", 1);
            produce(kafka, "kept", "hello");
            assertThat(consume(kafka, "kept")).isEqualTo("hello");
        }
        assertThat(brokers()).isEmpty();
    }

    @Test
    void anImageNobodyHasIsExplained() {
        assertThatThrownBy(() -> ContainerBroker.start("workbook.invalid/no-such-kafka:1"))
                .isInstanceOf(LocalKafka.NoKafkaException.class)
                .hasMessageMatching("The image workbook\\.invalid/no-such-kafka:1 cannot be fetched: [^\\n{]+[^.]\\."
                        + " Check the network and the name \\(WORKBOOK_KAFKA_IMAGE\\)\\."
                        + " Or unset WORKBOOK_KAFKA for a broker in this JVM\\.");
        assertThat(brokers()).isEmpty();
    }

    /** This JVM's containers, running or not, but for Testcontainers' own. */
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
