package workbook.check.progress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workbook.check.catalog.Workspace;
import workbook.check.verdict.Verdict;

/**
 * The learner's progress: all attempts and all answers to the quiz. The file {@code .workbook/progress.jsonl} has one line
 * for each; lines are only appended.
 *
 * <pre>{@code
 * {"time":"2026-01-01T19:30:00Z","exercise":"lesson05.HourlyRevenue","verdict":"WRONG","diagnosis":"TruncatesTheHour","source":"9f86…","rules":"a3c1…"}
 * {"time":"2026-01-01T19:40:00Z","question":"what-is-a-watermark","known":true}
 * }</pre>
 *
 * <p>The fields are those of {@link Attempt} and its {@link Hashes}, or those of {@link QuizAnswer}. The line of an
 * {@link AnswerRevealed} has the time, the exercise and {@code "gaveUp":true}. Readers skip lines of other kinds and
 * invalid lines, such as one whose writer was killed; the next writer starts a new line. Several programs may append at
 * the same time.
 */
public final class Progress {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    private Progress(Path file) {
        this.file = file;
    }

    /** The progress in this file, which is created if necessary. */
    public static Progress in(Path file) {
        return new Progress(file);
    }

    /** The progress in the project's folder. */
    public static Progress of(Workspace workspace) {
        return in(workspace.home().resolve(".workbook/progress.jsonl"));
    }

    /**
     * Adds an attempt and forces it to the disk.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void add(Attempt attempt) {
        append(JSON.createObjectNode()
                .put("time", attempt.time().toString())
                .put("exercise", attempt.exercise())
                .put("verdict", attempt.verdict().name())
                .put("diagnosis", attempt.diagnosis())
                .put("source", attempt.hashes().source())
                .put("rules", attempt.hashes().rules()));
    }

    /**
     * Adds that the model answer was shown.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void add(AnswerRevealed revealed) {
        append(JSON.createObjectNode()
                .put("time", revealed.time().toString())
                .put("exercise", revealed.exercise())
                .put("gaveUp", true));
    }

    /**
     * Adds the answer to a question and forces it to the disk.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void add(QuizAnswer quizAnswer) {
        append(JSON.createObjectNode()
                .put("time", quizAnswer.time().toString())
                .put("question", quizAnswer.question())
                .put("known", quizAnswer.isKnown()));
    }

    private void append(JsonNode line) {
        synchronized (Progress.class) { // a file lock excludes other programs, not other threads
            lockAndAppend(line.toString());
        }
    }

    private void lockAndAppend(String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                String begin = endsWithinALine(channel) ? "\n" : "";
                ByteBuffer line = ByteBuffer.wrap((begin + text + "\n").getBytes(StandardCharsets.UTF_8));
                for (long end = channel.size(); line.hasRemaining(); ) {
                    end += channel.write(line, end);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write your progress to " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the file, in the order in which its lines were added.
     *
     * @throws UncheckedIOException if the file exists and cannot be read
     */
    public Contents contents() {
        List<JsonNode> lines = lines();
        return new Contents(
                read(lines, Progress::attempt), read(lines, Progress::revealed), read(lines, Progress::quizAnswer));
    }

    /** The content of the file at the time when it was read. */
    public record Contents(List<Attempt> attempts, List<AnswerRevealed> revealedAnswers, List<QuizAnswer> quizAnswers) {

        /** All attempts at an exercise, which is named by its class's full name. */
        public List<Attempt> attempts(String exercise) {
            return attempts.stream()
                    .filter(attempt -> attempt.exercise().equals(exercise))
                    .toList();
        }

        /** The last attempt with these hashes; empty if this version was never checked. */
        public Optional<Attempt> last(String exercise, Hashes hashes) {
            return attempts(exercise).stream()
                    .filter(attempt -> attempt.hashes().equals(hashes))
                    .reduce((earlier, later) -> later);
        }
    }

    private List<JsonNode> lines() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(line -> json(line).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read your progress from " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<JsonNode> json(String line) {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static <T> List<T> read(List<JsonNode> lines, Reader<T> reader) {
        return lines.stream().flatMap(line -> reader.readOrPass(line).stream()).toList();
    }

    /** Whether the last line is incomplete, because its writer was killed. */
    private static boolean endsWithinALine(FileChannel channel) throws IOException {
        if (channel.size() == 0) {
            return false;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) != '\n';
    }

    private static Attempt attempt(JsonNode json) {
        return new Attempt(
                time(json),
                json.required("exercise").asText(),
                Verdict.valueOf(json.required("verdict").asText()),
                json.required("diagnosis").asText(),
                new Hashes(
                        json.required("source").asText(), json.required("rules").asText()));
    }

    private static AnswerRevealed revealed(JsonNode json) {
        json.required("gaveUp");
        return new AnswerRevealed(time(json), json.required("exercise").asText());
    }

    private static QuizAnswer quizAnswer(JsonNode json) {
        JsonNode known = json.required("known");
        if (!known.isBoolean()) {
            throw new IllegalArgumentException("\"known\" is not a boolean: " + known);
        }
        return new QuizAnswer(time(json), json.required("question").asText(), known.booleanValue());
    }

    private static Instant time(JsonNode json) {
        return Instant.parse(json.required("time").asText());
    }

    /** Reads one kind of line, and throws for others. */
    private interface Reader<T> {
        T read(JsonNode json);

        default Optional<T> readOrPass(JsonNode line) {
            try {
                return Optional.of(read(line));
            } catch (IllegalArgumentException | DateTimeException e) {
                return Optional.empty();
            }
        }
    }
}
