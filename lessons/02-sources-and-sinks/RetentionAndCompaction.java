///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson02;

import java.time.Instant;
import java.util.*;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import workbook.kit.*;

/** Retention deletes the oldest records of a log; compaction deletes those with a newer record of the same key. */
@Command(description = "Which records a log deletes.")
public class RetentionAndCompaction extends KafkaProgram {

    /** The limits of cards, with the card as key. A record without a value is a tombstone: the card is deleted. */
    static final List<String> LIMITS = List.of("7=100", "3=500", "7=200", "5=300", "5=", "7=300", "9=50", "9=70");

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        System.out.println("retention");
        TopicPartition retained = new TopicPartition("retained", 0);
        kafka.createTopic(retained.topic(), 1, Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
        send(kafka, retained.topic());
        kafka.admin()
                .deleteRecords(Map.of(retained, RecordsToDelete.beforeOffset(5)))
                .all()
                .get();
        System.out.println("    kept         " + read(kafka, retained, "earliest"));
        System.out.println("    from 0       " + read(kafka, retained, "none"));

        System.out.println("compaction");
        TopicPartition compacted = new TopicPartition("compacted", 0);
        Map<String, String> settings =
                Map.of("cleanup.policy", "compact", "segment.ms", "3600000", "min.cleanable.dirty.ratio", "0");
        kafka.createTopic(compacted.topic(), 1, settings);
        send(kafka, compacted.topic());
        while (read(kafka, compacted, "earliest").startsWith("0:")) {
            Thread.sleep(100); // until the log cleaner has run
        }
        System.out.println("    kept         " + read(kafka, compacted, "earliest"));
    }

    /** Sends the limits. The last one is two hours younger and begins a new segment, so the others can be compacted. */
    private static void send(LocalKafka kafka, String topic) throws Exception {
        StringJoiner sent = new StringJoiner("  ", "    sent         ", "");
        try (Producer<String, String> producer = KafkaText.producer(kafka, Map.of())) {
            for (String limit : LIMITS) {
                Instant time = Instant.parse(limit.equals("9=70") ? "2018-04-01T14:00:00Z" : "2018-04-01T12:00:00Z");
                String[] pair = limit.split("=");
                String value = pair.length == 2 ? pair[1] : null;
                var record = new ProducerRecord<>(topic, 0, time.toEpochMilli(), pair[0], value);
                sent.add(producer.send(record).get().offset() + ": " + limit);
            }
        }
        System.out.println(sent);
    }

    /** Reads from offset 0. If the log begins later, {@code auto.offset.reset} decides what the consumer does. */
    private static String read(LocalKafka kafka, TopicPartition partition, String reset) {
        try (Consumer<String, String> consumer = KafkaText.consumer(kafka, Map.of("auto.offset.reset", reset))) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            return KafkaText.readToEnd(consumer, partition).stream()
                    .map(record -> record.offset() + ": " + record.key() + "=" + Objects.toString(record.value(), ""))
                    .collect(Collectors.joining("  "));
        } catch (OffsetOutOfRangeException e) {
            return "out of range: " + e.offsetOutOfRangePartitions().values();
        }
    }

    public static void main(String[] args) {
        Program.run(new RetentionAndCompaction(), args);
    }
}
