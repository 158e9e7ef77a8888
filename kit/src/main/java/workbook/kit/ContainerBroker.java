package workbook.kit;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka's official image, started and stopped by Testcontainers. */
final class ContainerBroker implements AutoCloseable {

    /** The Kafka version of the pom; an image of another name or version: {@code WORKBOOK_KAFKA_IMAGE}. */
    private static final String IMAGE = "apache/kafka:4.3.1";

    private final KafkaContainer container;

    private ContainerBroker(KafkaContainer container) {
        this.container = container;
    }

    static ContainerBroker start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new LocalKafka.NoKafkaException(LocalKafka.CHOICE + "=container needs a Docker engine, and none answers."
                    + " Start Docker, or unset " + LocalKafka.CHOICE + " for a broker in this JVM.", null);
        }
        String image = System.getenv().getOrDefault("WORKBOOK_KAFKA_IMAGE", IMAGE);
        try {
            KafkaContainer container =
                    new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka"));
            container.start();
            return new ContainerBroker(container);
        } catch (RuntimeException e) {
            throw new LocalKafka.NoKafkaException("The image " + image + " did not start: " + e.getMessage()
                    + ". Unset " + LocalKafka.CHOICE + " for a broker in this JVM.", e);
        }
    }

    String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void close() {
        container.stop();
    }
}
