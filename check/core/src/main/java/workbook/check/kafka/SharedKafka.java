package workbook.check.kafka;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import workbook.kit.LocalKafka;
import workbook.kit.Scratch;

/** The one broker of a JVM's checkpoints, started when the first of them asks for a topic; it ends with the JVM. */
final class SharedKafka {

    private static LocalKafka kafka;
    private static final List<String> TOPICS = new CopyOnWriteArrayList<>();

    private SharedKafka() {}

    static synchronized LocalKafka broker() {
        if (kafka == null) {
            kafka = LocalKafka.start();
            Scratch.beforeDeletion(SharedKafka::stop); // a broker whose log vanishes halts the JVM
        }
        return kafka;
    }

    /** A topic that nobody else uses, on a broker of the learner's too; it goes when the JVM ends. */
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
