package workbook.evaluate.exercises;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;
import workbook.check.verdict.Verdict;

/** A small workbook for tests: two lessons, three unsolved exercises. */
public final class TestWorkbook {

    public static final Exercise TOTALS = new Exercise("lesson01.RunningTotals");
    public static final Exercise REVENUE = new Exercise("lesson05.HourlyRevenue");
    public static final Exercise DUPLICATES = new Exercise("lesson05.DeduplicatePayments");

    /** A page of five questions in the format of QA.md. */
    public static final String QA = """
            # Questions and answers

            ## Level 1: terms

            ### What is state?

            Subject: [State](CONCEPTS.md#state)

            What a query *stores*: `one row per key`<!-- proof -->.

            Proved by: [Totals --fast](lessons/01-basics/Totals.java) ·
            [TotalsCheckpoint#aRowForEachKey](exercises/lesson01/src/test/java/lesson01/TotalsCheckpoint.java)

            ### What is a watermark?

            Subject: [Watermarks](CONCEPTS.md#watermarks)

            The latest event time minus a delay ([source](https://spark.apache.org)).

            ## Level 2: behavior

            ### Does a watermark bound state?

            Subject: [Watermarks](CONCEPTS.md#watermarks) · [State
            stores](CONCEPTS.md#state-stores)

            The state of later operators.

            ### Where is state kept?

            Subject: [State stores](CONCEPTS.md#state-stores)

            In a store.

            ## Level 3: operations

            ### How late may a row be?

            Subject: [Late rows](CONCEPTS.md#late-rows)

            It depends.
            """;

    private final Path home;

    public TestWorkbook(Path home) {
        this.home = home;
        write("lessons/01-basics/README.md", "# 01 · Basics\n");
        write("lessons/05-watermarks/README.md", """
                # 05 · Watermarks: when is an hour over?

                | a table | about something else |
                |---|---|
                | DeduplicatePayments | is named here, too |

                ## Exercises

                | exercise | what it asks | open | hints |
                |---|---|---|---|
                | HourlyRevenue | what each terminal took | [a](b) | [three](../../exercises/lesson05/hints/H.md) |
                | DeduplicatePayments | every payment once | [a](b) | [three](../../exercises/lesson05/hints/D.md) |
                """);
        Stream.of(TOTALS, REVENUE, DUPLICATES).forEach(this::add);
    }

    public Workspace workspace() {
        return new Workspace(home);
    }

    /** Adds an unsolved exercise. */
    public void add(Exercise exercise) {
        write(exercise.checkpoint(), "class Checkpoint {}\n");
        write(exercise.source(), starter(exercise));
        write(exercise.hint(), """
                # %s: three hints

                Read one.

                ## 1 · A nudge
                Think.

                ## 2 · The idea
                Wait.

                ## 3 · The API
                `withWatermark`
                """.formatted(exercise.name()));
    }

    public static String starter(Exercise exercise) {
        return "class " + exercise.name() + " {\n    void solve() {\n        throw new Unsolved();\n    }\n}\n";
    }

    public void write(String path, String text) {
        try {
            Files.createDirectories(home.resolve(path).getParent());
            Files.writeString(home.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(String path) {
        try {
            Files.delete(home.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String path) {
        return FileContent.of(home.resolve(path)).toString();
    }

    /** The names of the files in a folder. */
    public List<String> files(String folder) {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the learner's file and records a verdict on it. */
    public void attempt(Exercise exercise, String text, Verdict verdict) {
        write(exercise.source(), text);
        Progress.of(workspace())
                .add(new Attempt(
                        Instant.parse("2026-01-01T19:30:00Z"),
                        exercise.className(),
                        verdict,
                        "",
                        Hashes.of(workspace(), exercise)));
    }

    /** Commits all files; the first commit creates the repository. Returns false if Git is not installed. */
    public boolean commit() {
        return git("init", "--quiet")
                && git("add", "exercises")
                && git(
                        "-c",
                        "user.name=A",
                        "-c",
                        "user.email=a@example.org",
                        "-c",
                        "commit.gpgsign=false",
                        "commit",
                        "--quiet",
                        "-m",
                        "a change");
    }

    private boolean git(String... arguments) {
        String[] command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new);
        return new CommandRunner(home, Duration.ofSeconds(30))
                .run(command)
                .filter(CommandRunner.Result::isSuccess)
                .isPresent();
    }
}
