///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
//DEPS org.apache.kafka:connect-api:4.3.1
//DEPS org.apache.kafka:connect-runtime:4.3.1
//DEPS org.apache.kafka:connect-json:4.3.1
//DEPS org.apache.kafka:connect-file:4.3.1
//DEPS org.apache.kafka:connect-transforms:4.3.1
//DEPS jakarta.ws.rs:jakarta.ws.rs-api:3.1.0
//DEPS jakarta.servlet:jakarta.servlet-api:6.0.0
package lesson13;

import java.io.StringReader;
import java.nio.file.*;
import java.util.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.runtime.*;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.util.FutureCallback;
import picocli.CommandLine.*;
import workbook.kit.*;

/** Kafka Connect copies the lines of a file to a topic, and the topic to another file. */
@Command(description = "Kafka Connect: connectors, a transform, dead letters, offsets.")
public class ConnectInAJvm extends KafkaProgram {

    static final String WORKER = """
            bootstrap.servers = %s
            listeners = http://127.0.0.1:0
            plugin.discovery = service_load
            offset.storage.file.filename = %s
            key.converter = org.apache.kafka.connect.storage.StringConverter
            value.converter = org.apache.kafka.connect.json.JsonConverter
            value.converter.schemas.enable = false
            """;

    static final String SOURCE = """
            name = source
            connector.class = FileStreamSource
            file = %s
            topic = payments
            transforms = wrap
            transforms.wrap.type = org.apache.kafka.connect.transforms.HoistField$Value
            transforms.wrap.field = line
            """;

    static final String SINK = """
            name = sink
            connector.class = FileStreamSink
            file = %s
            topics = payments
            errors.tolerance = all
            errors.deadletterqueue.topic.name = refused
            errors.deadletterqueue.topic.replication.factor = 1
            errors.deadletterqueue.context.headers.enable = true
            """;

    private final Path folder = Scratch.folder("connect-");
    private final Path from = folder.resolve("from.txt");
    private final Path to = folder.resolve("to.txt");

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        List.of("payments", "refused").forEach(topic -> kafka.createTopic(topic, 1));
        append("card 7 paid 12.50\ncard 8 paid 0.99\n");
        Connect<StandaloneHerder> connect = start(kafka);
        awaitLines(2);
        KafkaText.send(kafka, "payments", List.of("card 9 paid 5.00"));
        append("card 7 paid 3.00\n");
        awaitLines(3);
        stop(connect);
        show(kafka, "before the restart");
        append("card 8 paid 20.00\n");
        connect = start(kafka);
        awaitLines(4);
        stop(connect);
        show(kafka, "after the restart");
        showDeadLetters(kafka);
    }

    private Connect<StandaloneHerder> start(LocalKafka kafka) throws Exception {
        Path offsets = folder.resolve("offsets");
        Connect<StandaloneHerder> connect =
                new ConnectStandalone().startConnect(settings(WORKER, kafka.bootstrapServers(), offsets));
        for (Map<String, String> connector : List.of(settings(SOURCE, from), settings(SINK, to))) {
            FutureCallback<Herder.Created<ConnectorInfo>> created = new FutureCallback<>();
            connect.herder().putConnectorConfig(connector.get("name"), connector, false, created);
            created.get();
        }
        return connect;
    }

    private static Map<String, String> settings(String text, Object... values) throws Exception {
        Properties settings = new Properties();
        settings.load(new StringReader(text.formatted(values)));
        return Utils.propsToStringMap(settings);
    }

    private static void stop(Connect<StandaloneHerder> connect) {
        connect.stop();
        connect.awaitStop();
    }

    private void append(String lines) throws Exception {
        Files.writeString(from, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void awaitLines(int lines) throws Exception {
        while (!Files.exists(to) || Files.readAllLines(to).size() < lines) {
            Thread.sleep(50);
        }
    }

    private void show(LocalKafka kafka, String title) throws Exception {
        System.out.println(title);
        for (ConsumerRecord<String, String> record : records(kafka, "payments")) {
            System.out.println("  payments " + record.offset() + "  " + record.value());
        }
        Files.readAllLines(to).forEach(line -> System.out.println("  to.txt      " + line));
    }

    private static void showDeadLetters(LocalKafka kafka) {
        for (ConsumerRecord<String, String> record : records(kafka, "refused")) {
            System.out.println("refused       " + record.value());
            for (String header : List.of("topic", "partition", "offset", "stage", "exception.class.name")) {
                byte[] value = record.headers()
                        .lastHeader("__connect.errors." + header)
                        .value();
                System.out.println("  " + header + " = " + new String(value));
            }
        }
    }

    private static List<ConsumerRecord<String, String>> records(LocalKafka kafka, String topic) {
        try (var consumer = KafkaText.consumer(kafka, Map.of())) {
            return KafkaText.readAll(consumer, new TopicPartition(topic, 0));
        }
    }

    public static void main(String[] args) {
        Program.run(new ConnectInAJvm(), args);
    }
}
