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
 * Every attempt that was ever judged here, and every question of the quiz that was answered:
 * {@code .workbook/progress.jsonl}, one line each, only ever added to.
 *
 * <pre>{@code
 * {"time":"2026-01-01T19:30:00Z","exercise":"lesson05.HourlyRevenue","verdict":"WRONG","diagnosis":"TruncatesTheHour","source":"9f86…","rules":"a3c1…"}
 * {"time":"2026-01-01T19:40:00Z","question":"what-is-a-watermark","known":true}
 * }</pre>
 *
 * <p>The fields are those of {@link Attempt} and its {@link Hashes}, or those of {@link QuizAnswer}. A {@link AnswerRevealed} is such
 * a line, too, with the time, the exercise and {@code "gaveUp":true}. Whoever reads one kind passes over what is another,
 * or none, such as a line whose writer was killed in the middle of it; the next one begins on a line of its own. Several
 * programs may add lines at the same time.
 */
public final class Progress {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    private Progress(Path file) {
        this.file = file;
    }

    /** The progress kept in this file, which need not exist. */
    public static Progress in(Path file) {
        return new Progress(file);
    }

    /** The progress in the project's folder. */
    public static Progress of(Workspace workspace) {
        return in(workspace.home().resolve(".workbook/progress.jsonl"));
    }

    /**
     * Adds an attempt; when this returns, it is on the disk.
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
     * Adds that somebody has given up.
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
     * Adds that a question was answered; when this returns, it is on the disk.
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
        synchronized (Progress.class) { // a file lock keeps out other programs, not other threads
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
            throw new UncheckedIOException("Your progress could not be written to " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * All that is in it, in the order in which it was added.
     *
     * @throws UncheckedIOException if the file is there and cannot be read
     */
    public Contents contents() {
        List<JsonNode> lines = lines();
        return new Contents(
                read(lines, Progress::attempt), read(lines, Progress::revealed), read(lines, Progress::quizAnswer));
    }

    /** What was in the file when it was read. */
    public record Contents(List<Attempt> attempts, List<AnswerRevealed> revealedAnswers, List<QuizAnswer> quizAnswers) {

        /** All attempts at an exercise, by its class's full name. */
        public List<Attempt> attempts(String exercise) {
            return attempts.stream()
                    .filter(attempt -> attempt.exercise().equals(exercise))
                    .toList();
        }

        /** The last attempt at an exercise as it is now; none if this very text was never judged by these very rules. */
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
            throw new UncheckedIOException("Your progress could not be read from " + file + ": " + e.getMessage(), e);
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

    /** Whoever wrote last was killed while writing. */
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
            throw new IllegalArgumentException("neither known nor missed: " + known);
        }
        return new QuizAnswer(time(json), json.required("question").asText(), known.booleanValue());
    }

    private static Instant time(JsonNode json) {
        return Instant.parse(json.required("time").asText());
    }

    /** Takes a line for what it is, or throws. */
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
