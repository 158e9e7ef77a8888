package workbook.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** A Kafka node in this JVM that is both broker and controller and listens on loopback ports. */
final class EmbeddedBroker implements AutoCloseable {

    private static final int TRIES = 5;
    private static final int NONE = -1;

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final Runnable onClose;

    private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers, Runnable onClose) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.onClose = onClose;
    }

    /** Starts a broker on free ports; its log is deleted when it is closed. */
    static EmbeddedBroker start() {
        for (int attempt = 1; ; attempt++) {
            try {
                Path log = Scratch.folder("kafka-");
                return startOn(freePort(NONE), log, () -> Scratch.delete(log));
            } catch (Exception e) {
                // Another process can take a free port before it is bound here.
                if (!isBindException(e) || attempt == TRIES) {
                    throw notStarted(e);
                }
            }
        }
    }

    /** Starts a broker on this port; its log is kept. */
    static EmbeddedBroker startIn(Path log, int port) {
        try {
            return startOn(port, log, () -> {});
        } catch (Exception e) {
            throw notStarted(e);
        }
    }

    private static EmbeddedBroker startOn(int port, Path log, Runnable onClose) throws Exception {
        KafkaConfig config = new KafkaConfig(settings(port, freePort(port), log), false);
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(log);
        }
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, "127.0.0.1:" + port, onClose);
    }

    private static LocalKafka.NoKafkaException notStarted(Exception e) {
        return new LocalKafka.NoKafkaException(
                "The Kafka broker in this JVM did not start: " + e.getMessage() + ". To use your own broker, set "
                        + LocalKafka.CHOICE + "=host:port",
                e);
    }

    private static Properties settings(int brokerPort, int controllerPort, Path log) {
        Properties settings = new Properties();
        settings.put("node.id", "1");
        settings.put("process.roles", "broker,controller");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("log.dirs", log.toString());
        // One node allows one replica; one partition for each internal topic is enough for a laptop.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        // Do not wait for more members before the first rebalance of a group.
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Retention uses the record's timestamp: a record of 2018 would be deleted after half a minute.
        settings.put("log.retention.ms", "-1");
        // Lessons show compaction: the log cleaner looks every second, not every 15.
        settings.put("log.cleaner.backoff.ms", "1000");
        // A misspelt topic name is an error, not a new topic.
        settings.put("auto.create.topics.enable", "false");
        return settings;
    }

    private static void format(Path log) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(log.toString())
                .addDirectory(log.toString())
                .run();
    }

    /** The port is free, but not reserved: about once in 8,000 calls Linux returns the previous port again. */
    static int freePort(int otherThan) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            return port == otherThan ? freePort(otherThan) : port;
        }
    }

    private static boolean isBindException(Throwable e) {
        return e != null && (e instanceof BindException || isBindException(e.getCause()));
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        onClose.run();
    }
}
