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

/** A small workbook in a folder of the test's own: two lessons, three exercises, all of them unsolved. */
public final class TestWorkbook {

    public static final Exercise TOTALS = new Exercise("lesson01.RunningTotals");
    public static final Exercise REVENUE = new Exercise("lesson05.HourlyRevenue");
    public static final Exercise DUPLICATES = new Exercise("lesson05.DeduplicatePayments");

    /** A page of five questions in the form of QA.md. */
    public static final String QA = """
            # Questions and answers

            ## Level 1: the words

            ### What is state?

            Subject: [State](CONCEPTS.md#state)

            What a query *remembers*: `one row a key`<!-- proof -->.

            Proved by: [Totals --fast](lessons/01-basics/Totals.java) ·
            [TotalsCheckpoint#aRowForEachKey](exercises/lesson01/src/test/java/lesson01/TotalsCheckpoint.java)

            ### What is a watermark?

            Subject: [Watermarks](CONCEPTS.md#watermarks)

            The newest time less a bound ([source](https://spark.apache.org)).

            ## Level 2: what really happens

            ### Does a watermark bound state?

            Subject: [Watermarks](CONCEPTS.md#watermarks) · [State
            stores](CONCEPTS.md#state-stores)

            That of the steps behind it.

            ### Where is state kept?

            Subject: [State stores](CONCEPTS.md#state-stores)

            In a store.

            ## Level 3: what you answer for

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

    public Workspace desk() {
        return new Workspace(home);
    }

    /** Another exercise, unsolved. */
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

    /** The files in a folder, by name. */
    public List<String> files(String folder) {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives an exercise a text, and the text a verdict. */
    public void judge(Exercise exercise, String text, Verdict verdict) {
        write(exercise.source(), text);
        Progress.of(desk())
                .add(new Attempt(
                        Instant.parse("2026-01-01T19:30:00Z"),
                        exercise.className(),
                        verdict,
                        "",
                        Hashes.of(desk(), exercise)));
    }

    /** Commits all there is, in a repository that is made by the first commit; false if there is no git here. */
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
                .filter(CommandRunner.Result::isFine)
                .isPresent();
    }
}
