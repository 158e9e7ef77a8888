package workbook.kit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka's official image, started and stopped by Testcontainers. */
final class ContainerBroker implements AutoCloseable {

    /** The environment variable that names another image, of the same make. */
    static final String IMAGE_CHOICE = "WORKBOOK_KAFKA_IMAGE";

    /** The Kafka version of the pom. */
    private static final String IMAGE = "apache/kafka:4.3.1";

    /** What Testcontainers starts beside a container, to clear up after a JVM that was killed. */
    private static final String HELPER = "testcontainers/ryuk";

    private static final String WITHOUT_HELPER = "TESTCONTAINERS_RYUK_DISABLED";

    private static final String OR_WITHOUT = " Or unset " + LocalKafka.CHOICE + " for a broker in this JVM.";
    private static final Pattern ENGINE_MESSAGE = Pattern.compile("\\{\\s*\"message\"\\s*:\\s*\"(.*)\"\\s*}");

    private final KafkaContainer container;

    private ContainerBroker(KafkaContainer container) {
        this.container = container;
    }

    static ContainerBroker start() {
        return start(Optional.ofNullable(System.getenv(IMAGE_CHOICE))
                .filter(name -> !name.isBlank())
                .orElse(IMAGE));
    }

    static ContainerBroker start(String image) {
        DockerImageName name = parse(image);
        DockerClient engine = engine();
        fetch(name.asCanonicalNameString(), engine);
        announceHelper(engine);
        KafkaContainer container = new KafkaContainer(name.asCompatibleSubstituteFor("apache/kafka"));
        try {
            container.start();
            return new ContainerBroker(container);
        } catch (ContainerFetchException e) {
            throw new LocalKafka.NoKafkaException(
                    "Testcontainers' helper image " + HELPER + " cannot be fetched: " + reason(e) + ". "
                            + WITHOUT_HELPER + "=true does without it." + OR_WITHOUT,
                    e);
        } catch (RuntimeException e) {
            container.stop();
            throw new LocalKafka.NoKafkaException(
                    "The image " + image + " did not become a broker: " + reason(e)
                            + ". " + IMAGE_CHOICE
                            + " has to name apache/kafka or one like it; WORKBOOK_LOG=warn shows what"
                            + " the container printed." + OR_WITHOUT,
                    e);
        }
    }

    private static DockerImageName parse(String image) {
        try {
            DockerImageName name = DockerImageName.parse(image);
            name.assertValid();
            return name;
        } catch (IllegalArgumentException e) {
            throw new LocalKafka.NoKafkaException(
                    IMAGE_CHOICE + "=" + image + " is not the name of an image, such as " + IMAGE + ".", e);
        }
    }

    private static DockerClient engine() {
        try {
            return DockerClientProviderStrategy.getClientForConfig(
                    DockerClientFactory.instance().getTransportConfig());
        } catch (IllegalStateException e) {
            throw new LocalKafka.NoKafkaException(
                    LocalKafka.CHOICE + "=container needs a Docker engine, and none answers."
                            + " Start Docker, or unset " + LocalKafka.CHOICE + " for a broker in this JVM.",
                    e);
        }
    }

    /** Testcontainers would fetch it too, but silently, and where it cannot be had it tries again for minutes. */
    private static void fetch(String image, DockerClient engine) {
        try {
            engine.inspectImageCmd(image).exec();
        } catch (NotFoundException notYet) {
            System.err.println("Fetching the image " + image + ", this once …");
            try {
                engine.pullImageCmd(image).exec(new PullImageResultCallback()).awaitCompletion();
            } catch (DockerException | DockerClientException e) {
                throw new LocalKafka.NoKafkaException(
                        "The image " + image + " cannot be fetched: " + reason(e) + ". Check the network and the name ("
                                + IMAGE_CHOICE + ")." + OR_WITHOUT,
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalKafka.NoKafkaException("Interrupted while fetching the image " + image + ".", e);
            }
        }
    }

    /** Only Testcontainers knows its helper's version and fetches it, for minutes where there is no network. */
    private static void announceHelper(DockerClient engine) {
        if (!Boolean.parseBoolean(System.getenv(WITHOUT_HELPER))
                && engine.listImagesCmd().withReferenceFilter(HELPER).exec().isEmpty()) {
            System.err.println("Fetching Testcontainers' helper image " + HELPER + ", this once … (" + WITHOUT_HELPER
                    + "=true does without it)");
        }
    }

    /**
     * The root of it, in one line: without the HTTP status and the JSON that the engine wraps its words in. That a
     * container ended says more than what was waited for in vain.
     */
    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && !(root instanceof IllegalStateException)) {
            root = root.getCause();
        }
        String text = String.valueOf(root.getMessage()).strip().replaceFirst("^Wait strategy failed\\. ", "");
        Matcher engine = ENGINE_MESSAGE.matcher(text);
        String words = engine.find() ? engine.group(1).replace("\\\"", "\"") : text;
        return words.lines().findFirst().orElse("").replaceFirst("\\.$", "");
    }

    String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void close() {
        container.stop();
    }
}
