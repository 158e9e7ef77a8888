///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson09;

import java.time.Duration;
import java.util.*;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*;
import picocli.CommandLine.Command;
import workbook.kit.*;

/** Two programs relay the same records in transactions, because the first has stalled and was replaced. */
@Command(description = "Who is fenced, and what is in the target.")
public class TwoRelays extends KafkaProgram {

    static final TopicPartition IN = new TopicPartition("in", 0);
    static final TextTable LINES = new TextTable("%-50s %-9s %s");

    @Override
    protected void run(LocalKafka kafka) {
        kafka.createTopic("in", 1);
        KafkaText.send(kafka, "in", List.of("0", "1"));
        LINES.row("", "committed", "in the target");
        stall(kafka, "same-id", "same-id");
        stall(kafka, "own-id", "another-id");
    }

    /** A program stalls before its commit. Another one does the same work, then the first goes on. */
    private static void stall(LocalKafka kafka, String target, String secondId) {
        kafka.createTopic(target, 1);
        String end = "commits";
        try (var first = KafkaText.transactional(kafka, target);
                var consumer = consumer(kafka, target)) {
            send(consumer, first, target, false);
            try (var second = KafkaText.transactional(kafka, secondId);
                    var another = consumer(kafka, target)) {
                send(another, second, target, true);
                second.commitTransaction();
            }
            first.commitTransaction();
        } catch (KafkaException e) {
            end = "gets " + e.getClass().getSimpleName();
        }
        print(kafka, target + ", the first " + end, target);
    }

    private static Consumer<String, String> consumer(LocalKafka kafka, String group) {
        var consumer = KafkaText.consumer(kafka, Map.of("group.id", group));
        consumer.assign(List.of(IN));
        consumer.seekToBeginning(List.of(IN));
        return consumer;
    }

    /** Sends the two records in a transaction, which stays open. */
    private static void send(
            Consumer<String, String> consumer, Producer<String, String> producer, String target, boolean offsets) {
        var records = consumer.poll(Duration.ofSeconds(10));
        producer.beginTransaction();
        records.forEach(record -> producer.send(new ProducerRecord<>(target, record.value())));
        producer.flush();
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
        Program.run(new TwoRelays(), args);
    }
}
