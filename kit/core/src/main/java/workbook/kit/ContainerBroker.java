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

/** A Kafka broker in a container of Kafka's official image, run by Testcontainers. */
final class ContainerBroker implements AutoCloseable {

    /** The environment variable that names another image with the layout of {@code apache/kafka}. */
    static final String IMAGE_CHOICE = "WORKBOOK_KAFKA_IMAGE";

    /** The same Kafka version as in the POM. */
    private static final String IMAGE = "apache/kafka:4.3.1";

    /** Testcontainers starts this image, too: it removes the containers of a JVM that was killed. */
    private static final String HELPER = "testcontainers/ryuk";

    private static final String WITHOUT_HELPER = "TESTCONTAINERS_RYUK_DISABLED";

    private static final String OR_WITHOUT = " Or unset " + LocalKafka.CHOICE + " to use a broker in this JVM.";
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
        pull(name.asCanonicalNameString(), engine);
        announceHelper(engine);
        KafkaContainer container = new KafkaContainer(name.asCompatibleSubstituteFor("apache/kafka"));
        try {
            container.start();
            return new ContainerBroker(container);
        } catch (ContainerFetchException e) {
            throw new LocalKafka.NoKafkaException(
                    "Cannot pull Testcontainers' helper image " + HELPER + ": " + reason(e) + ". Set " + WITHOUT_HELPER
                            + "=true to run without it." + OR_WITHOUT,
                    e);
        } catch (RuntimeException e) {
            container.stop();
            throw new LocalKafka.NoKafkaException(
                    "The image " + image + " did not start a broker: " + reason(e)
                            + ". " + IMAGE_CHOICE
                            + " must name apache/kafka or a compatible image; WORKBOOK_LOG=warn prints the"
                            + " container's log." + OR_WITHOUT,
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
                    IMAGE_CHOICE + "=" + image + " is not an image name. Example: " + IMAGE, e);
        }
    }

    private static DockerClient engine() {
        try {
            return DockerClientProviderStrategy.getClientForConfig(
                    DockerClientFactory.instance().getTransportConfig());
        } catch (IllegalStateException e) {
            throw new LocalKafka.NoKafkaException(
                    LocalKafka.CHOICE + "=container needs a Docker engine, and none is running."
                            + " Start Docker, or unset " + LocalKafka.CHOICE + " to use a broker in this JVM.",
                    e);
        }
    }

    /** Testcontainers would pull the image silently, and would retry a failing pull for minutes. */
    private static void pull(String image, DockerClient engine) {
        try {
            engine.inspectImageCmd(image).exec();
        } catch (NotFoundException notYet) {
            System.err.println("Pulling the image " + image + " (first use only) …");
            try {
                engine.pullImageCmd(image).exec(new PullImageResultCallback()).awaitCompletion();
            } catch (DockerException | DockerClientException e) {
                throw new LocalKafka.NoKafkaException(
                        "Cannot pull the image " + image + ": " + reason(e) + ". Check the network and the name ("
                                + IMAGE_CHOICE + ")." + OR_WITHOUT,
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalKafka.NoKafkaException("Interrupted while pulling the image " + image + ".", e);
            }
        }
    }

    /** Testcontainers pulls its helper silently; without a network it retries for minutes. */
    private static void announceHelper(DockerClient engine) {
        if (!Boolean.parseBoolean(System.getenv(WITHOUT_HELPER))
                && engine.listImagesCmd().withReferenceFilter(HELPER).exec().isEmpty()) {
            System.err.println("Pulling Testcontainers' helper image " + HELPER + " (first use only; set "
                    + WITHOUT_HELPER + "=true to run without it) …");
        }
    }

    /**
     * The root cause in one line, without the HTTP status and the JSON around the engine's message. Prefers "the
     * container exited" (an {@link IllegalStateException}) to the timeout below it.
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
