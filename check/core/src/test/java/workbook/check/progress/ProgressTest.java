package workbook.check.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.verdict.Verdict;
import workbook.kit.Jvm;

class ProgressTest {

    private static final int KILLS = Integer.getInteger("kills", 30);

    @TempDir
    Path folder;

    private Path file;
    private Progress progress;

    @BeforeEach
    void begin() {
        file = folder.resolve("a new folder/progress.jsonl");
        progress = Progress.in(file);
    }

    @Test
    void attemptsAreReadInOrder() {
        List<Attempt> attempts = List.of(attempt("A", Verdict.WRONG, "x"), attempt("B", Verdict.SOLVED, "y"));
        attempts.forEach(progress::add);
        assertThat(Progress.in(file).contents().attempts()).isEqualTo(attempts);
    }

    @Test
    void withoutAFileThereAreNoAttempts() {
        assertThat(progress.contents().attempts()).isEmpty();
    }

    @Test
    void anAttemptIsOneReadableLine() throws IOException {
        progress.add(new Attempt(
                Instant.parse("2026-01-01T19:30:00Z"),
                "lesson05.HourlyRevenue",
                Verdict.WRONG,
                "TruncatesTheHour",
                new Hashes("9f86", "a3c1")));
        assertThat(file)
                .hasContent(
                        "{\"time\":\"2026-01-01T19:30:00Z\",\"exercise\":\"lesson05.HourlyRevenue\","
                                + "\"verdict\":\"WRONG\",\"diagnosis\":\"TruncatesTheHour\",\"source\":\"9f86\",\"rules\":\"a3c1\"}\n");
    }

    @Test
    void aVerdictBelongsToTheTextThatWasChecked() {
        progress.add(attempt("A", Verdict.SOLVED, "solved"));
        progress.add(attempt("A", Verdict.WRONG, "wrong"));
        assertThat(verdict("solved", "rules")).contains(Verdict.SOLVED);
        assertThat(verdict("wrong", "rules")).contains(Verdict.WRONG);
        assertThat(verdict("starter", "rules")).isEmpty();
        assertThat(verdict("solved", "other rules")).isEmpty();
    }

    @Test
    void theLastVerdictOnATextCounts() {
        progress.add(attempt("A", Verdict.BROKEN, "same"));
        progress.add(attempt("A", Verdict.SOLVED, "same"));
        assertThat(verdict("same", "rules")).contains(Verdict.SOLVED);
    }

    @Test
    void aRevealedAnswerIsKept() {
        AnswerRevealed revealed = new AnswerRevealed(Instant.parse("2026-01-01T19:30:00Z"), "A");
        progress.add(revealed);
        progress.add(attempt("A", Verdict.SOLVED, "x"));
        assertThat(progress.contents().revealedAnswers()).containsExactly(revealed);
        assertThat(progress.contents().attempts()).hasSize(1);
    }

    @Test
    void anAnsweredQuestionIsOneReadableLine() throws IOException {
        progress.add(new QuizAnswer(Instant.parse("2026-01-01T19:40:00Z"), "what-is-a-watermark", true));
        assertThat(file)
                .hasContent(
                        "{\"time\":\"2026-01-01T19:40:00Z\",\"question\":\"what-is-a-watermark\",\"known\":true}\n");
    }

    @Test
    void readersSkipOtherKindsOfLines() {
        QuizAnswer missed = new QuizAnswer(Instant.parse("2026-01-01T19:40:00Z"), "what-is-a-watermark", false);
        AnswerRevealed revealed = new AnswerRevealed(Instant.parse("2026-01-01T19:41:00Z"), "A");
        Attempt attempt = attempt("A", Verdict.WRONG, "x");
        progress.add(missed);
        progress.add(attempt);
        progress.add(revealed);
        assertThat(progress.contents())
                .isEqualTo(new Progress.Contents(List.of(attempt), List.of(revealed), List.of(missed)));
    }

    @Test
    void anInvalidLineOfTheQuizDoesNotAffectOthers() throws IOException {
        QuizAnswer quizAnswer = new QuizAnswer(Instant.parse("2026-01-01T19:40:00Z"), "what-is-state", true);
        progress.add(quizAnswer);
        Files.writeString(file, """
                {"time":"2026-01-01T19:40:00Z","question":"what-is-state","known":"perhaps"}
                {"time":"yesterday","question":"what-is-state","known":false}
                {"time":"2026-01-01T19:40:00Z","known":false}
                {"time":"2026-01-01T19:40:00Z","song":"la la la","volume":11}
                []

                {"time":"2026-01-01T19:40:00Z","question":"what-is-st""", StandardOpenOption.APPEND);
        progress.add(quizAnswer);
        assertThat(progress.contents().quizAnswers()).containsExactly(quizAnswer, quizAnswer);
    }

    private Optional<Verdict> verdict(String source, String rules) {
        return progress.contents().last("A", new Hashes(source, rules)).map(Attempt::verdict);
    }

    @Test
    void anIncompleteLineDoesNotAffectOthers() throws IOException {
        progress.add(attempt("A", Verdict.SOLVED, "x"));
        Files.writeString(file, "{\"time\":\"2026-01-0", StandardOpenOption.APPEND);
        progress.add(attempt("B", Verdict.SOLVED, "y"));
        assertThat(progress.contents().attempts()).extracting(Attempt::exercise).containsExactly("A", "B");
    }

    @Test
    void aHashDoesNotDependOnLineSeparators() throws IOException {
        Path unix = Files.writeString(folder.resolve("unix"), "a\nb\n");
        Path windows = Files.writeString(folder.resolve("windows"), "a\r\nb\r\n");
        Path other = Files.writeString(folder.resolve("other"), "a\nc\n");
        assertThat(hash(unix)).hasSize(64).isEqualTo(hash(windows)).isNotEqualTo(hash(other));
    }

    private static String hash(Path file) {
        return Hashes.hash(Stream.of(file));
    }

    /** Two programs write at the same time and are killed at random. */
    @Test
    void aKillLosesNoFinishedAttempt() throws Exception {
        Random random = new Random(7);
        List<String> finished = new ArrayList<>();
        for (int i = 0; i < KILLS; i += 2) {
            List<Process> writers = List.of(writer(i), writer(i + 1));
            try {
                for (Process writer : writers) {
                    BufferedReader output = writer.inputReader();
                    IntStream.range(0, 1 + random.nextInt(10)).forEach(line -> finished.add(read(output)));
                    writer.toHandle().destroyForcibly(); // the Process method would also close its output
                    output.lines().forEach(finished::add);
                }
            } finally {
                writers.forEach(Process::destroyForcibly);
            }
        }
        assertThat(progress.contents().attempts())
                .extracting(Attempt::exercise)
                .containsAll(finished)
                .doesNotHaveDuplicates();
    }

    private Process writer(int number) throws IOException {
        return new ProcessBuilder(
                        Jvm.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        "writer " + number)
                .redirectErrorStream(true)
                .start();
    }

    private static String read(BufferedReader output) {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new IllegalStateException("The writer has printed nothing.", e);
        }
    }

    private static Attempt attempt(String exercise, Verdict verdict, String source) {
        return new Attempt(
                Instant.parse("2026-01-01T19:30:00.123Z"), exercise, verdict, "", new Hashes(source, "rules"));
    }

    /** Adds attempts until it is killed, and prints them. */
    static final class Writer {
        public static void main(String[] args) {
            for (int i = 0; ; i++) {
                String exercise = args[1] + ", " + i;
                Progress.in(Path.of(args[0])).add(attempt(exercise, Verdict.WRONG, "x".repeat(64)));
                System.out.println(exercise);
            }
        }
    }
}
