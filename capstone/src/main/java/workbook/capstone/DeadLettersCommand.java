package workbook.capstone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import workbook.capstone.format.Format;
import workbook.capstone.format.OpenFormat;
import workbook.capstone.streaming.DeadLetter;
import workbook.capstone.streaming.DeadLetterReplay;
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
            "The file has one record per line. Fix its \"value\", or leave the line as it is, and replay the file. A record"
                    + " whose value is a payment is sent again; all others are parked, and with them later records of their key.",
            "A payment sent twice is in the lake once."
        })
final class DeadLettersCommand implements Callable<Integer> {

    @ArgGroup
    private Action action = new Action();

    @Mixin
    private FormatOptions formats;

    private Format format;

    /** At most one of them. */
    private static final class Action {
        @Option(
                names = "--export",
                paramLabel = "FILE",
                description = "write the records to this file, which must not exist yet")
        private Path export;

        @Option(names = "--replay", paramLabel = "FILE", description = "send or park the records of this file")
        private Path replay;

        @Option(
                names = "--take-parked",
                paramLabel = "FILE",
                description =
                        "move the parked records to this file, which must not exist yet: records of their keys can be"
                                + " sent again")
        private Path takeParked;
    }

    @Override
    public Integer call() throws Exception {
        try (OpenFormat opened = formats.openExternal();
                LocalKafka kafka = Topics.externalBroker()) {
            format = opened.format();
            Topics.createForDeadLetters(kafka);
            if (action.replay != null) {
                return replay(kafka.bootstrapServers());
            }
            if (action.takeParked != null) {
                takeParked(kafka);
            } else if (action.export != null) {
                write(TopicReader.deadLetters(kafka.bootstrapServers(), format), action.export);
            }
            show(
                    TopicReader.deadLetters(kafka.bootstrapServers(), format),
                    TopicReader.parked(kafka.bootstrapServers(), format));
            return 0;
        }
    }

    private static void write(List<DeadLetter> letters, Path file) throws IOException {
        if (Files.exists(file)) {
            throw new IllegalStateException(file + " exists already. Choose another file.");
        }
        Files.write(file, letters.stream().map(DeadLetter::toJson).toList());
    }

    /** Writes them before it deletes them: after a crash in between they are in both places. */
    private void takeParked(LocalKafka kafka) throws IOException, InterruptedException, ExecutionException {
        Map<TopicPartition, RecordsToDelete> all =
                TopicReader.ends(kafka.bootstrapServers(), List.of(Topics.PARKED)).offsets().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())));
        write(TopicReader.parked(kafka.bootstrapServers(), format), action.takeParked);
        kafka.admin().deleteRecords(all).all().get();
    }

    private static void show(List<DeadLetter> letters, List<DeadLetter> parked) {
        Map<String, Long> reasons = letters.stream()
                .collect(Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.counting()));
        System.out.printf("%,d dead letters%n", letters.size());
        reasons.forEach((reason, count) -> System.out.printf("  %,8d × %s%n", count, reason));
        System.out.printf("%,d parked%n", parked.size());
    }

    private int replay(String bootstrapServers) throws IOException {
        List<DeadLetter> letters = read(action.replay);
        DeadLetterReplay.Result result = new DeadLetterReplay(bootstrapServers, format, letters).run();
        System.out.printf("%,d payments sent, %,d records parked%n", result.sent(), result.parked());
        result.refused().forEach((origin, reason) -> System.out.println("  " + origin + ": " + reason));
        if (result.parked() > result.refused().size()) {
            System.out.printf(
                    "  %,d others: sent three times before, or behind a parked record of their key%n",
                    result.parked() - result.refused().size());
        }
        if (result.unknown() != null) {
            System.out.printf(
                    "It stopped at %s, which is not in %s. Export the rest, and replay it, too.%n",
                    result.unknown(), action.replay);
        }
        return result.refused().isEmpty() && result.unknown() == null ? 0 : 1;
    }

    private static List<DeadLetter> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<DeadLetter> letters = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                letters.add(letter(lines.get(i), file + " line " + (i + 1)));
            }
        }
        return letters;
    }

    private static DeadLetter letter(String line, String where) {
        try {
            return DeadLetter.fromJson(line);
        } catch (IllegalArgumentException e) {
            String reason = e.getMessage().lines().findFirst().orElse("");
            throw new IllegalStateException(where + " is not a dead letter: " + reason + ". Nothing was sent.", e);
        }
    }
}
