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

/** A learner's workbook of a test's own: lessons 01 to 03 with three exercises each, all of them starters. */
public final class MonthWorkbook {

    /** The day of the tests. */
    public static final Instant NOW = Instant.parse("2026-11-10T20:00:00Z");

    private static final String STARTER = "throw new Unsolved();";
    private static final List<String> NAMES = List.of("First", "Second", "Third");

    private final Workspace desk;

    private MonthWorkbook(Path home) {
        this.desk = new Workspace(home);
    }

    /** Writes it into a folder. */
    public static MonthWorkbook in(Path home) throws IOException {
        MonthWorkbook notebook = new MonthWorkbook(home);
        for (String lesson : List.of("01", "02", "03")) {
            Files.createDirectories(home.resolve("lessons/" + lesson + "-title"));
            for (String name : NAMES) {
                notebook.add(lesson, name);
            }
        }
        Files.createDirectories(home.resolve("evaluate"));
        Files.copy(
                ProjectFolder.find().orElseThrow().resolve("evaluate/month-10.json"),
                home.resolve("evaluate/month-10.json"));
        return notebook;
    }

    /** One more exercise. */
    public void add(String lesson, String name) throws IOException {
        Exercise exercise = Exercise.of(lesson, name);
        write(exercise.source(), STARTER);
        write(exercise.checkpoint(), "rules");
    }

    /** The learner writes this. */
    public void answer(String lesson, String name, String text) throws IOException {
        write(Exercise.of(lesson, name).source(), text);
    }

    /** The learner solves all exercises of these lessons. */
    public void solve(String... lessons) throws IOException {
        for (String lesson : lessons) {
            for (String name : desk.exercises(lesson)) {
                answer(lesson, name, "solved");
            }
        }
    }

    /** The starter comes back. */
    public void empty(String lesson, String name) throws IOException {
        answer(lesson, name, STARTER);
    }

    /** The capstone was run, and its definition of done held. */
    public void runCapstone() throws IOException {
        record(sampleRun());
    }

    /** This is what the capstone has recorded. */
    public void record(String run) throws IOException {
        write(".workbook/capstone/last-run.json", run);
    }

    /** There are questions; of these two, the second was missed, some days before today. */
    public void quiz(int daysAgo) throws IOException {
        write("QA.md", TestWorkbook.QA);
        Instant time = NOW.minus(Duration.ofDays(daysAgo));
        Progress.of(desk).add(new QuizAnswer(time, "what-is-state", true));
        Progress.of(desk).add(new QuizAnswer(time, "what-is-a-watermark", false));
    }

    /** What a real run of the capstone has recorded. */
    public static String sampleRun() throws IOException {
        try (var run = MonthWorkbook.class.getResourceAsStream("last-run.json")) {
            return new String(run.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The file as it is now was judged, some days before today. */
    public void judged(String lesson, String name, int daysAgo, Verdict verdict, String diagnosis) {
        Exercise exercise = Exercise.of(lesson, name);
        Progress.of(desk)
                .add(new Attempt(
                        NOW.minus(Duration.ofDays(daysAgo)),
                        exercise.className(),
                        verdict,
                        diagnosis,
                        Hashes.of(desk, exercise)));
    }

    public Workspace desk() {
        return desk;
    }

    /** Stands at {@link #NOW}. */
    public static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    /** The score of what was judged so far. */
    public Score score() {
        return new Scoring(desk, clock()).of(Month.of(desk));
    }

    private void write(String path, String text) throws IOException {
        Path file = desk.home().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
