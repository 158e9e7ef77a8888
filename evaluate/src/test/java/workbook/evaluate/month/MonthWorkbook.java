package workbook.evaluate.month;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;
import workbook.check.progress.QuizAnswer;
import workbook.check.verdict.Verdict;
import workbook.evaluate.exercises.TestWorkbook;
import workbook.kit.ProjectFolder;

/** A workbook for tests: lessons 01 to 03 with three unsolved exercises each. */
public final class MonthWorkbook {

    /** The current time of the tests. */
    public static final Instant NOW = Instant.parse("2026-11-10T20:00:00Z");

    private static final String STARTER = "throw new Unsolved();";
    private static final List<String> NAMES = List.of("First", "Second", "Third");

    private final Workspace workspace;

    private MonthWorkbook(Path home) {
        this.workspace = new Workspace(home);
    }

    /** Creates the workbook in a folder. */
    public static MonthWorkbook in(Path home) throws IOException {
        MonthWorkbook workbook = new MonthWorkbook(home);
        for (String lesson : List.of("01", "02", "03")) {
            Files.createDirectories(home.resolve("lessons/" + lesson + "-title"));
            for (String name : NAMES) {
                workbook.add(lesson, name);
            }
        }
        Files.createDirectories(home.resolve("evaluate"));
        Files.copy(
                ProjectFolder.find().orElseThrow().resolve("evaluate/month-10.json"),
                home.resolve("evaluate/month-10.json"));
        return workbook;
    }

    /** Adds an exercise. */
    public void add(String lesson, String name) throws IOException {
        Exercise exercise = Exercise.of(lesson, name);
        write(exercise.source(), STARTER);
        write(exercise.checkpoint(), "rules");
    }

    /** Writes the learner's file. */
    public void answer(String lesson, String name, String text) throws IOException {
        write(Exercise.of(lesson, name).source(), text);
    }

    /** Solves all exercises of these lessons. */
    public void solve(String... lessons) throws IOException {
        for (String lesson : lessons) {
            for (String name : workspace.exercises(lesson)) {
                answer(lesson, name, "solved");
            }
        }
    }

    /** Writes the starter. */
    public void empty(String lesson, String name) throws IOException {
        answer(lesson, name, STARTER);
    }

    /** Records a run of the capstone that meets its definition of done. */
    public void runCapstone() throws IOException {
        record(sampleRun());
    }

    /** Writes the capstone's record. */
    public void record(String run) throws IOException {
        write(".workbook/capstone/last-run.json", run);
    }

    /** Adds QA.md and two quiz answers some days ago, the second one wrong. */
    public void quiz(int daysAgo) throws IOException {
        write("QA.md", TestWorkbook.QA);
        Instant time = NOW.minus(Duration.ofDays(daysAgo));
        Progress.of(workspace).add(new QuizAnswer(time, "what-is-state", true));
        Progress.of(workspace).add(new QuizAnswer(time, "what-is-a-watermark", false));
    }

    /** The record of a real run of the capstone. */
    public static String sampleRun() throws IOException {
        try (var run = MonthWorkbook.class.getResourceAsStream("last-run.json")) {
            return new String(run.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Records a verdict on the current file, some days ago. */
    public void attempt(String lesson, String name, int daysAgo, Verdict verdict, String diagnosis) {
        Exercise exercise = Exercise.of(lesson, name);
        Progress.of(workspace)
                .add(new Attempt(
                        NOW.minus(Duration.ofDays(daysAgo)),
                        exercise.className(),
                        verdict,
                        diagnosis,
                        Hashes.of(workspace, exercise)));
    }

    public Workspace workspace() {
        return workspace;
    }

    /** A clock fixed at {@link #NOW}. */
    public static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    /** The current score. */
    public Score score() {
        return new Scoring(workspace, clock()).of(Month.of(workspace));
    }

    private void write(String path, String text) throws IOException {
        Path file = workspace.home().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
