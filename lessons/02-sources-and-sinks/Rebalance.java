///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson02;

import java.time.Duration;
import java.util.*;
import java.util.stream.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import picocli.CommandLine.*;
import workbook.kit.*;

/** A second member joins a consumer group and leaves it: partitions move, and reading resumes at the commits. */
@Command(description = "Groups, rebalances, commits.")
public class Rebalance extends KafkaProgram {

    enum Protocol {
        eager,
        cooperative,
        consumer
    }

    @Option(names = "--protocol", defaultValue = "eager", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    Protocol protocol;

    static final int PARTITIONS = 4;
    static final long RECORDS = 3;

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        kafka.createTopic("payments", PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            KafkaText.send(kafka, "payments", partition, Collections.nCopies((int) RECORDS, "a payment"));
        }

        System.out.println("A joins");
        Member a = new Member("A", kafka);
        settle(a);
        System.out.println("A commits two of the three records of each partition. B joins");
        a.commit(2);
        Member b = new Member("B", kafka);
        settle(a, b);
        System.out.println("A and B commit all records. B leaves");
        a.commit(RECORDS);
        b.commit(RECORDS);
        b.consumer.close();
        settle(a);
        Map<Integer, Long> committed = new TreeMap<>();
        a.consumer.committed(a.consumer.assignment()).forEach((p, next) -> committed.put(p.partition(), next.offset()));
        System.out.println("the group has committed " + committed);
        a.consumer.close();
    }

    /** The settings of a member. It commits explicitly; a group without a commit begins at the first record. */
    private Map<String, Object> settings(String member) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "client.id", member,
                "group.id", "readers",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest"));
        if (protocol == Protocol.consumer) {
            settings.put("group.protocol", "consumer"); // the broker assigns, and sets the heartbeat
        } else {
            Class<?> assignor = protocol == Protocol.eager ? RangeAssignor.class : CooperativeStickyAssignor.class;
            settings.put("partition.assignment.strategy", assignor.getName());
            settings.put("heartbeat.interval.ms", 100);
        }
        return settings;
    }

    /** A consumer that records its rebalances and reads: {@code 0@2} is the record of partition 0 at offset 2. */
    private final class Member implements ConsumerRebalanceListener {

        final String name;
        final Consumer<String, String> consumer;
        final Map<String, Set<String>> events = new LinkedHashMap<>();

        Member(String name, LocalKafka kafka) {
            this.name = name;
            consumer = KafkaText.consumer(kafka, settings(name));
            consumer.subscribe(List.of("payments"), this);
        }

        /** Called within {@code poll}: the last moment to commit for these partitions. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> add("revoked", "" + partition.partition()));
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> add("assigned", "" + partition.partition()));
        }

        void poll() {
            consumer.poll(Duration.ofMillis(20))
                    .forEach(record -> add("read", record.partition() + "@" + record.offset()));
        }

        private void add(String event, String what) {
            events.computeIfAbsent(event, e -> new TreeSet<>()).add(what);
        }

        /** Commits this offset for each assigned partition: the next record to read, not the last one read. */
        void commit(long offset) {
            OffsetAndMetadata next = new OffsetAndMetadata(offset);
            try {
                consumer.commitSync(consumer.assignment().stream().collect(Collectors.toMap(p -> p, p -> next)));
            } catch (RebalanceInProgressException e) {
                poll(); // continues the rebalance
                commit(offset);
            }
        }

        boolean hasRead(int partitions) {
            Set<TopicPartition> assigned = consumer.assignment();
            return assigned.size() == partitions && assigned.stream().allMatch(p -> consumer.position(p) == RECORDS);
        }

        void print() {
            events.forEach((event, what) -> System.out.printf("    %s: %s %s%n", name, event, String.join(" ", what)));
            events.clear();
        }
    }

    /** Lets the members poll until they share the partitions and have read them, and prints each member's events. */
    private static void settle(Member... members) {
        while (!Stream.of(members).allMatch(member -> member.hasRead(PARTITIONS / members.length))) {
            Stream.of(members).forEach(Member::poll);
        }
        Stream.of(members).forEach(Member::print);
    }

    public static void main(String[] args) {
        Program.run(new Rebalance(), args);
    }
}
