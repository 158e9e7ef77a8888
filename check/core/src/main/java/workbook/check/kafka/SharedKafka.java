package workbook.check.kafka;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import workbook.kit.LocalKafka;
import workbook.kit.Scratch;

/** The broker that all checkpoints of a JVM share. It starts with the first topic and stops with the JVM. */
final class SharedKafka {

    private static LocalKafka kafka;
    private static final List<String> TOPICS = new CopyOnWriteArrayList<>();

    private SharedKafka() {}

    static synchronized LocalKafka broker() {
        if (kafka == null) {
            kafka = LocalKafka.start();
            Scratch.beforeDeletion(SharedKafka::stop); // a broker whose log folder is deleted halts the JVM
        }
        return kafka;
    }

    /** Creates a topic with a unique name, because the broker may be the learner's; it is deleted when the JVM ends. */
    static String topic(int partitions, Map<String, String> settings) {
        String name = "checkpoint-" + UUID.randomUUID();
        broker().createTopic(name, partitions, settings);
        TOPICS.add(name);
        return name;
    }

    private static void stop() {
        kafka.admin().deleteTopics(TOPICS);
        kafka.close();
    }
}
