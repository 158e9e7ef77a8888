///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson02;

import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.serialization.*;
import picocli.CommandLine.*;
import workbook.kit.*;

/** Sends payments to a topic, prints where the broker appended each, and reads the partitions. */
@Command(description = "Topics, partitions, keys, offsets.")
public class KafkaByHand extends KafkaProgram {

    @Option(names = "--partitions", defaultValue = "3", description = "of the topic (default: ${DEFAULT-VALUE})")
    int partitions;

    @Option(names = "--acks", defaultValue = "all", description = "all, 1 or 0 (default: ${DEFAULT-VALUE})")
    String acks;

    /** A payment is a customer, which becomes the key, and an amount. */
    static final List<String> PAYMENTS = List.of("7 12.50", "3 140.00", "7 99.99", "4 310.20", "3 100.00", "6 8.75");

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        kafka.createTopic("payments", partitions);
        System.out.println("the topic:");
        var topic = kafka.admin().describeTopics(List.of("payments")).allTopicNames();
        TextTable lines = new TextTable("    partition %d  leader: %d  replicas: %s  in sync: %s");
        for (TopicPartitionInfo one : topic.get().get("payments").partitions()) {
            int inSync = one.isr().size();
            lines.row(one.partition(), one.leader().id(), one.replicas().size(), inSync);
        }
        System.out.println("sent, and acknowledged by the broker:");
        send(kafka);
        System.out.println("read:");
        for (int partition = 0; partition < partitions; partition++) {
            System.out.printf("    partition %d%s%n", partition, read(kafka, partition));
        }
    }

    /** Waits for the acknowledgement of each record before it sends the next. That is clear, and slow. */
    private void send(LocalKafka kafka) throws Exception {
        TextTable lines = new TextTable("    %-8s  →  partition %d, offset %s");
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", acks);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String payment : PAYMENTS) {
                var sent = producer.send(new ProducerRecord<>("payments", payment.split(" ")[0], payment))
                        .get();
                lines.row(payment, sent.partition(), sent.hasOffset() ? sent.offset() : "unknown");
            }
        }
    }

    /** Reads a partition from its beginning to its end. This consumer has no group: the program sets its position. */
    private static String read(LocalKafka kafka, int number) {
        List<TopicPartition> partition = List.of(new TopicPartition("payments", number));
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            long end = consumer.endOffsets(partition).get(partition.get(0));
            StringBuilder records = new StringBuilder();
            while (consumer.position(partition.get(0)) < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    records.append(String.format("  %d: %-8s", record.offset(), record.value()));
                }
            }
            return records.toString().stripTrailing();
        }
    }

    public static void main(String[] args) {
        Program.run(new KafkaByHand(), args);
    }
}
