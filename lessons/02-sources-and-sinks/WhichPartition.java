///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson02;

import java.util.*;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.*;
import picocli.CommandLine.*;
import workbook.kit.*;

/** Records without a key, and keyed records before and after the topic gets one more partition. */
@Command(description = "Where a record goes: without a key, and when the topic gets another partition.")
public class WhichPartition extends KafkaProgram {

    @Option(names = "--partitions", defaultValue = "3", description = "of the topics (default: ${DEFAULT-VALUE})")
    int partitions;

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        kafka.createTopic("keyless", partitions);
        Set<Integer> used = new TreeSet<>();
        try (Producer<String, String> producer = KafkaText.producer(kafka, Map.of())) {
            for (int i = 0; i < 40; i++) {
                used.add(producer.send(new ProducerRecord<>("keyless", "payment " + i))
                        .get()
                        .partition());
            }
        }
        System.out.printf("40 records without a key went to %d of %d partitions%n", used.size(), partitions);

        kafka.createTopic("payments", partitions);
        System.out.println("with " + partitions + " partitions:");
        sendByCustomer(kafka);
        addPartition(kafka);
        System.out.println("with one more:");
        sendByCustomer(kafka);
    }

    /** Opens a producer for each call: one that runs already finds new partitions only after five minutes. */
    private static void sendByCustomer(LocalKafka kafka) throws Exception {
        try (Producer<String, String> producer = KafkaText.producer(kafka, Map.of())) {
            for (String customer : List.of("7", "3")) {
                RecordMetadata sent = producer.send(new ProducerRecord<>("payments", customer, "12.50"))
                        .get();
                System.out.printf(
                        "    customer %s  →  partition %d, offset %d%n", customer, sent.partition(), sent.offset());
            }
        }
    }

    /** Returns when the broker has the new partition. */
    private void addPartition(LocalKafka kafka) throws Exception {
        int more = partitions + 1;
        kafka.admin()
                .createPartitions(Map.of("payments", NewPartitions.increaseTo(more)))
                .all()
                .get();
        var topic = List.of("payments");
        while (kafka.admin()
                        .describeTopics(topic)
                        .allTopicNames()
                        .get()
                        .get("payments")
                        .partitions()
                        .size()
                < more) {
            Thread.sleep(10);
        }
    }

    public static void main(String[] args) {
        Program.run(new WhichPartition(), args);
    }
}
