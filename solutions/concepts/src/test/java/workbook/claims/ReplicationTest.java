package workbook.claims;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves statements of QA.md about replicas, with a cluster of two brokers, one of which stops. */
class ReplicationTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LEADER = 0;
    private static final int FOLLOWER = 1;

    private KafkaClusterTestKit cluster;

    @BeforeEach
    void startTwoBrokers(@TempDir Path logs) throws Exception {
        TestKitNodes nodes = new TestKitNodes.Builder()
                .setNumControllerNodes(1)
                .setNumBrokerNodes(2)
                .setCombined(true)
                .setBaseDirectory(logs)
                .build();
        cluster = new KafkaClusterTestKit.Builder(nodes).build();
        cluster.format();
        cluster.startup();
        cluster.waitForReadyBrokers();
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void theReplicasInSyncMayBeTheLeaderAloneUnlessATopicAsksForMore() throws Exception {
        try (Admin admin = cluster.admin();
                var producer = producer()) {
            admin.createTopics(List.of(topic("one-will-do", 1), topic("two-or-none", 2)))
                    .all()
                    .get();
            cluster.brokers().get(FOLLOWER).shutdown();
            await().atMost(PATIENCE)
                    .until(() -> inSync(admin, "one-will-do") == 1 && inSync(admin, "two-or-none") == 1);

            producer.send(new ProducerRecord<>("one-will-do", "a")).get();
            assertThatThrownBy(producer.send(new ProducerRecord<>("two-or-none", "a"))::get)
                    .hasCauseInstanceOf(NotEnoughReplicasException.class);
        }
    }

    private static NewTopic topic(String name, int minInSync) {
        return new NewTopic(name, Map.of(0, List.of(LEADER, FOLLOWER)))
                .configs(Map.of("min.insync.replicas", Integer.toString(minInSync)));
    }

    private static int inSync(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get()
                .partitions()
                .get(0)
                .isr()
                .size();
    }

    /** A producer that reports the first rejection. By default it would retry for two minutes. */
    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.bootstrapServers(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        false,
                        "retries",
                        0),
                new StringSerializer(),
                new StringSerializer());
    }
}
