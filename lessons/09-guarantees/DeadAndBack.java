///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson09;

import java.util.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import workbook.kit.*;

/** Changes of the limits of two accounts. What is no number becomes a dead letter, and is sent again. */
@Command(description = "Dead letters that are sent again, alone and in their order.")
public class DeadAndBack extends KafkaProgram {

    /** An account and its new limit. From round 3 on, somebody mends the 2OO, whose zeros are letters. */
    static final List<String> CHANGES = List.of("7 100", "8 500", "7 2OO", "7 300", "8 ?", "8 600");

    static final TextTable LINES = new TextTable("%-6s %-42s %-26s %-15s %s");

    @Override
    protected void run(LocalKafka kafka) {
        System.out.println("each alone, for ever:");
        play(kafka, "alone", false, Integer.MAX_VALUE);
        System.out.println("in their order, three times:");
        play(kafka, "ordered", true, 3);
    }

    /** Reads all changes in each round, and sends what became a dead letter again at its end. */
    private static void play(LocalKafka kafka, String topic, boolean inOrder, int attempts) {
        kafka.createTopic(topic, 1);
        kafka.createTopic(topic + "-dead", 1);
        KafkaText.send(kafka, topic, CHANGES);
        Map<String, String> limits = new TreeMap<>();
        LINES.row("round", "changes", "dead letters", "limits", "parked");
        try (var changes = reader(kafka, topic);
                var dead = reader(kafka, topic + "-dead")) {
            for (int round = 1; round <= 5; round++) {
                List<String> read = values(changes, topic);
                List<String> refused = refused(read, round, inOrder, limits);
                List<String> letters = round <= attempts ? refused : List.of();
                List<String> parked = round <= attempts ? List.of() : refused;
                LINES.row(round, text(read), text(letters), limits, text(parked));
                KafkaText.send(kafka, topic + "-dead", letters);
                KafkaText.send(kafka, topic, values(dead, topic + "-dead"));
            }
        }
    }

    /**
     * Applies changes to the limits. Returns those that cannot be applied, or have to wait for one of their account.
     */
    private static List<String> refused(List<String> changes, int round, boolean inOrder, Map<String, String> limits) {
        Set<String> waiting = new HashSet<>();
        List<String> refused = new ArrayList<>();
        for (String change : changes) {
            String[] words = (round < 3 ? change : change.replace('O', '0')).split(" ");
            if (words[1].matches("\\d+") && !(inOrder && waiting.contains(words[0]))) {
                limits.put(words[0], words[1]);
            } else {
                waiting.add(words[0]);
                refused.add(change);
            }
        }
        return refused;
    }

    private static List<String> values(Consumer<String, String> reader, String topic) {
        return KafkaText.readToEnd(reader, new TopicPartition(topic, 0)).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private static String text(List<String> values) {
        return String.join(", ", values);
    }

    private static Consumer<String, String> reader(LocalKafka kafka, String topic) {
        Consumer<String, String> reader = KafkaText.consumer(kafka, Map.of("auto.offset.reset", "earliest"));
        reader.assign(List.of(new TopicPartition(topic, 0)));
        return reader;
    }

    public static void main(String[] args) {
        Program.run(new DeadAndBack(), args);
    }
}
