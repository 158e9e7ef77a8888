///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson09;

import java.time.Duration;
import java.util.*;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import workbook.kit.*;

/** Relays with transactions of two records each: a crash, and an abort. */
@Command(description = "What a relay leaves in its target when something goes wrong.")
public class RelayInTransactions extends KafkaProgram {
    static final TopicPartition IN = new TopicPartition("in", 0);
    static final TextTable LINES = new TextTable("%-50s %-9s %s");

    @Override
    protected void run(LocalKafka kafka) {
        kafka.createTopic("in", 1);
        KafkaText.send(kafka, "in", List.of("0", "1", "2", "3", "4", "5"));
        LINES.row("", "committed", "in the target");
        List.of("outside", "inside").forEach(offsets -> crash(kafka, offsets));
        abort(kafka, "goes-on", 3);
        abort(kafka, "seeks", 4);
    }

    /** The target is also the consumer group. Dies after the commit, before it could commit the offsets itself. */
    private static void crash(LocalKafka kafka, String target) {
        kafka.createTopic(target, 1);
        for (int start = 1; start <= 2; start++) {
            try (var producer = KafkaText.transactional(kafka, target);
                    var consumer = consumer(kafka, target)) {
                send(consumer, producer, target, target.equals("inside"));
                producer.commitTransaction();
            }
        }
        print(kafka, "crash after the commit, offsets " + target, target);
    }

    private static void abort(LocalKafka kafka, String target, int transactions) {
        kafka.createTopic(target, 1);
        try (var producer = KafkaText.transactional(kafka, target);
                var consumer = consumer(kafka, target)) {
            for (int transaction = 1; transaction <= transactions; transaction++) {
                send(consumer, producer, target, true);
                if (transaction != 2) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                    if (target.equals("seeks")) {
                        resume(consumer);
                    }
                }
            }
        }
        print(kafka, "second transaction aborted, the relay " + target, target);
    }

    private static Consumer<String, String> consumer(LocalKafka kafka, String group) {
        Map<String, Object> settings = Map.of("group.id", group, "max.poll.records", 2, "enable.auto.commit", false);
        var consumer = KafkaText.consumer(kafka, settings);
        consumer.assign(List.of(IN));
        resume(consumer);
        return consumer;
    }

    private static void resume(Consumer<String, String> consumer) {
        var committed = consumer.committed(Set.of(IN)).get(IN);
        consumer.seek(IN, committed == null ? 0 : committed.offset());
    }

    /** Sends the next two records in a transaction, which stays open. */
    private static void send(
            Consumer<String, String> consumer, Producer<String, String> producer, String target, boolean offsets) {
        var records = consumer.poll(Duration.ofSeconds(10));
        producer.beginTransaction();
        records.forEach(record -> producer.send(new ProducerRecord<>(target, record.value())));
        if (offsets) {
            var next = new OffsetAndMetadata(consumer.position(IN));
            producer.sendOffsetsToTransaction(Map.of(IN, next), consumer.groupMetadata());
        }
    }

    private static void print(LocalKafka kafka, String what, String target) {
        String values = KafkaText.readCommitted(kafka, new TopicPartition(target, 0)).stream()
                .map(ConsumerRecord::value)
                .collect(Collectors.joining(" "));
        String committed =
                KafkaText.committed(kafka, target, IN).map(String::valueOf).orElse("–");
        LINES.row(what, committed, values);
    }

    public static void main(String[] args) {
        Program.run(new RelayInTransactions(), args);
    }
}
