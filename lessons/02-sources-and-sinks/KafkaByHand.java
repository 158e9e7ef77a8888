///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson02;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.LocalKafka;
import workbook.kit.Program;

/** A topic and its partitions, what decides where a record goes, and what the broker answers. No Spark yet. */
@Command(name = "KafkaByHand", mixinStandardHelpOptions = true, description = "Topics, partitions, keys, offsets.")
public class KafkaByHand implements Callable<Integer> {

    @Option(names = "--partitions", defaultValue = "3", description = "of the topic (default: ${DEFAULT-VALUE})")
    int partitions;

    @Option(
            names = "--acks",
            defaultValue = "all",
            description = "whose answer the producer waits for: all, 1 or 0 (default: ${DEFAULT-VALUE})")
    String acks;

    /** A payment is a customer, which becomes the key, and an amount. */
    static final List<String> PAYMENTS = List.of("7 12.50", "3 140.00", "7 99.99", "4 310.20", "3 100.00", "6 8.75");

    public static void main(String[] args) {
        Program.run(new KafkaByHand(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (LocalKafka kafka = LocalKafka.start()) {
            kafka.createTopic("payments", partitions);
            System.out.println("the topic:");
            describe(kafka, "payments").partitions().forEach(KafkaByHand::print);

            System.out.println("sent, and what the broker answered:");
            try (Producer<String, String> producer = producer(kafka, acks)) {
                for (String payment : PAYMENTS) {
                    print(payment, send(producer, "payments", customer(payment), payment));
                }
            }
            System.out.println("read again:");
            for (int partition = 0; partition < partitions; partition++) {
                TopicPartition one = new TopicPartition("payments", partition);
                System.out.printf("    partition %d  %s%n", partition, read(kafka, one));
            }

            kafka.createTopic("keyless", partitions);
            Set<Integer> used = new TreeSet<>();
            try (Producer<String, String> producer = producer(kafka, acks)) {
                for (int i = 0; i < 40; i++) {
                    used.add(send(producer, "keyless", null, "payment " + i).partition());
                }
            }
            System.out.printf("40 records without a key went to %d of %d partitions%n", used.size(), partitions);

            addPartition(kafka, "payments");
            System.out.println("with a partition more:");
            try (Producer<String, String> producer = producer(kafka, acks)) {
                for (String payment : PAYMENTS.subList(0, 2)) {
                    print(payment, send(producer, "payments", customer(payment), payment));
                }
            }
            return 0;
        }
    }

    /** What the broker says about a topic: for each partition its leader, its replicas, and which of them keep up. */
    public static TopicDescription describe(LocalKafka kafka, String topic) throws Exception {
        return kafka.admin()
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic);
    }

    public static Producer<String, String> producer(LocalKafka kafka, String acks) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", acks),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Sends one record and waits for the answer. Waiting after each is slow: a real producer sends on meanwhile. */
    public static RecordMetadata send(Producer<String, String> producer, String topic, String key, String value)
            throws Exception {
        return producer.send(new ProducerRecord<>(topic, key, value)).get();
    }

    /** All that a partition holds. Reading takes nothing away, and needs no group: we say where to begin. */
    public static String read(LocalKafka kafka, TopicPartition partition) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            StringBuilder records = new StringBuilder();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    records.append(String.format("  %d: %-8s", record.offset(), record.value()));
                }
            }
            return records.toString().strip();
        }
    }

    /** Returns when the broker has it. */
    static void addPartition(LocalKafka kafka, String topic) throws Exception {
        int more = describe(kafka, topic).partitions().size() + 1;
        kafka.admin()
                .createPartitions(Map.of(topic, NewPartitions.increaseTo(more)))
                .all()
                .get();
        while (describe(kafka, topic).partitions().size() < more) {
            Thread.sleep(10);
        }
    }

    private static String customer(String payment) {
        return payment.split(" ")[0];
    }

    private static void print(TopicPartitionInfo partition) {
        System.out.printf(
                "    partition %d  leader: %d  replicas: %s  in sync: %s%n",
                partition.partition(), partition.leader().id(), ids(partition.replicas()), ids(partition.isr()));
    }

    private static void print(String payment, RecordMetadata answer) {
        System.out.printf(
                "    %-8s  →  partition %d, offset %s%n",
                payment, answer.partition(), answer.hasOffset() ? answer.offset() : "unknown");
    }

    private static String ids(List<Node> brokers) {
        return brokers.stream().map(Node::idString).collect(Collectors.joining(", "));
    }
}
