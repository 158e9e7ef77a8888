package workbook.capstone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.capstone.streaming.DeadLetter;
import workbook.capstone.streaming.Parsed;
import workbook.capstone.streaming.PaymentParser;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;

/** {@code ./jbang fraud dead-letters}: counts, exports and replays refused records. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Counts, exports or replays the refused records on the broker that WORKBOOK_KAFKA names.",
        footer = {
            "",
            "The file has one record per line. Fix its \"value\", delete lines you cannot fix, and replay the file.",
            "Only valid payments are sent. A payment sent twice is in the lake once."
        })
final class DeadLettersCommand implements Callable<Integer> {

    @ArgGroup
    private Action action = new Action();

    /** At most one of the two. */
    private static final class Action {
        @Option(
                names = "--export",
                paramLabel = "FILE",
                description = "write the records to this file, which must not exist yet")
        private Path export;

        @Option(names = "--replay", paramLabel = "FILE", description = "send the payments of this file again")
        private Path replay;
    }

    @Override
    public Integer call() throws IOException {
        try (LocalKafka kafka = Topics.externalBroker()) {
            if (action.replay != null) {
                return replay(kafka.bootstrapServers());
            }
            List<DeadLetter> letters = TopicReader.deadLetters(kafka.bootstrapServers());
            if (action.export != null) {
                export(letters);
            }
            show(letters);
            return 0;
        }
    }

    private void export(List<DeadLetter> letters) throws IOException {
        if (Files.exists(action.export)) {
            throw new IllegalStateException(action.export + " exists already. Choose another file.");
        }
        Files.write(action.export, letters.stream().map(DeadLetter::toJson).toList());
    }

    private static void show(List<DeadLetter> letters) {
        Map<String, Long> reasons = letters.stream()
                .collect(Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.counting()));
        System.out.printf("%,d dead letters%n", letters.size());
        reasons.forEach((reason, count) -> System.out.printf("  %,8d × %s%n", count, reason));
    }

    private int replay(String bootstrapServers) throws IOException {
        PaymentParser parser = new PaymentParser();
        List<String> refused = new ArrayList<>();
        try (PaymentProducer producer = new PaymentProducer(bootstrapServers)) {
            List<String> lines = Files.readAllLines(action.replay, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                String fault = lines.get(i).isBlank() ? null : send(lines.get(i), parser, producer);
                if (fault != null) {
                    refused.add("  line " + (i + 1) + ": " + fault);
                }
            }
            producer.flush();
            producer.throwIfFailed();
            System.out.printf("%,d payments sent, %,d lines refused%n", producer.payments(), refused.size());
        }
        refused.forEach(System.out::println);
        return refused.isEmpty() ? 0 : 1;
    }

    /** Sends the payment of a line, or returns why the line is not a payment. */
    private static String send(String line, PaymentParser parser, PaymentProducer producer) {
        try {
            Parsed parsed = parser.parse(DeadLetter.fromJson(line).bytes(), Instant.now());
            if (parsed instanceof Parsed.Accepted accepted) {
                producer.send(accepted.payment());
                return null;
            }
            return ((Parsed.Rejected) parsed).reason();
        } catch (IllegalArgumentException e) {
            return "not a dead letter: " + e.getMessage().lines().findFirst().orElse("");
        }
    }
}
