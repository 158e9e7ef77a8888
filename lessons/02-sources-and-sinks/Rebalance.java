///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson02;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.LocalKafka;
import workbook.kit.Program;

/** A consumer group: a second member joins and leaves, partitions move, and reading goes on at what was committed. */
@Command(name = "Rebalance", mixinStandardHelpOptions = true, description = "Groups, rebalances, commits.")
public class Rebalance implements Callable<Integer> {

    /** How a group shares out its partitions. */
    enum Protocol {
        eager,
        cooperative,
        consumer
    }

    @Option(
            names = "--protocol",
            defaultValue = "eager",
            description = "how the group rebalances: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    Protocol protocol;

    static final int PARTITIONS = 4;
    static final long RECORDS = 3;

    public static void main(String[] args) {
        Program.run(new Rebalance(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (LocalKafka kafka = LocalKafka.start()) {
            kafka.createTopic("payments", PARTITIONS);
            fill(kafka);

            System.out.println("A joins");
            Member a = new Member("A", settings(kafka, protocol));
            settle(a);
            System.out.println("A commits two of the three records of each partition. B joins");
            a.commit(2);
            Member b = new Member("B", settings(kafka, protocol));
            settle(a, b);
            System.out.println("A and B commit all they have read. B leaves");
            a.commit(RECORDS);
            b.commit(RECORDS);
            b.consumer.close();
            settle(a);
            a.consumer.close();
            System.out.println("the group has committed " + committed(kafka));
            return 0;
        }
    }

    /** What the members of one group have in common. We commit ourselves; a new group begins at the beginning. */
    static Map<String, Object> settings(LocalKafka kafka, Protocol protocol) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "readers",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest"));
        settings.putAll(
                switch (protocol) {
                    case eager ->
                        Map.of(
                                "group.protocol",
                                "classic",
                                "heartbeat.interval.ms",
                                100,
                                "partition.assignment.strategy",
                                RangeAssignor.class.getName());
                    case cooperative ->
                        Map.of(
                                "group.protocol",
                                "classic",
                                "heartbeat.interval.ms",
                                100,
                                "partition.assignment.strategy",
                                CooperativeStickyAssignor.class.getName());
                    case consumer ->
                        Map.of("group.protocol", "consumer"); // the broker shares out, and sets the heartbeat
                });
        return settings;
    }

    /** A consumer that keeps what happens to it: {@code 0@2} is the record of partition 0 at offset 2. */
    static final class Member implements ConsumerRebalanceListener {

        final String name;
        final KafkaConsumer<String, String> consumer;
        final List<String> happened = new ArrayList<>();
        final List<String> read = new ArrayList<>();

        Member(String name, Map<String, Object> settings) {
            this.name = name;
            Map<String, Object> own = new HashMap<>(settings);
            own.put("client.id", name);
            consumer = new KafkaConsumer<>(own, new StringDeserializer(), new StringDeserializer());
            consumer.subscribe(List.of("payments"), this);
        }

        /** Called from within {@code poll}: the last moment to commit for these partitions. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            note("gave back", partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            note("got", partitions);
        }

        private void note(String what, Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                happened.add(partitions.stream()
                        .map(partition -> " " + partition.partition())
                        .sorted()
                        .collect(Collectors.joining("", what, "")));
            }
        }

        void poll() {
            consumer.poll(Duration.ofMillis(20))
                    .forEach(record -> read.add(record.partition() + "@" + record.offset()));
        }

        /** Commits this offset for each of its partitions: the next record to be read, not the last one that was. */
        void commit(long offset) {
            try {
                consumer.commitSync(consumer.assignment().stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> new OffsetAndMetadata(offset))));
            } catch (RebalanceInProgressException e) {
                poll(); // in which the rebalance goes on
                commit(offset);
            }
        }

        boolean hasReadAll() {
            return consumer.assignment().stream().allMatch(partition -> consumer.position(partition) == RECORDS);
        }

        void tell() {
            happened.forEach(event -> System.out.println("    " + name + " " + event));
            if (!read.isEmpty()) {
                System.out.println(
                        "    " + name + " read " + read.stream().sorted().collect(Collectors.joining(" ")));
            }
            happened.clear();
            read.clear();
        }
    }

    /** Lets the members poll until each has its share and has read it, and tells what happened to them. */
    static void settle(Member... members) {
        while (!haveAll(members)) {
            Stream.of(members).forEach(Member::poll);
        }
        Stream.of(members).forEach(Member::tell);
    }

    private static boolean haveAll(Member... members) {
        int shared = Stream.of(members)
                .mapToInt(member -> member.consumer.assignment().size())
                .sum();
        return shared == PARTITIONS
                && Stream.of(members)
                        .allMatch(member -> !member.consumer.assignment().isEmpty() && member.hasReadAll());
    }

    static void fill(LocalKafka kafka) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < PARTITIONS * RECORDS; i++) {
                producer.send(new ProducerRecord<>("payments", i % PARTITIONS, null, "payment " + i));
            }
        }
    }

    /** The group's offsets, which the broker keeps when its members are gone. */
    static Map<Integer, Long> committed(LocalKafka kafka) throws Exception {
        Map<Integer, Long> offsets = new TreeMap<>();
        kafka.admin()
                .listConsumerGroupOffsets("readers")
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
        return offsets;
    }
}
