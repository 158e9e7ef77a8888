package workbook.evaluate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.Lookup;
import workbook.evaluate.libraries.CachedClassPaths;
import workbook.evaluate.libraries.ClassPathException;
import workbook.evaluate.libraries.ClassPaths;
import workbook.evaluate.month.ExerciseChecker;
import workbook.evaluate.month.Month;
import workbook.evaluate.month.Reports;
import workbook.evaluate.month.Score;
import workbook.evaluate.month.Scoring;
import workbook.evaluate.month.TerminalReport;
import workbook.evaluate.month.VerdictUpdater;
import workbook.evaluate.watch.WarmJvmChecker;
import workbook.kit.Program;

/** {@code ./jbang grade --month 10}: checks changed exercises, computes the month's score and writes reports. */
@Command(
        name = "grade",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Checks your exercises, computes the month's score and writes reports to target/evaluate.",
        footer = {"", "Exit code: 0, 1 if the score is below --fail-under, 2 for invalid arguments."})
public final class Grade implements Callable<Integer> {

    @Option(
            names = "--month",
            paramLabel = "N",
            defaultValue = "10",
            description = "the month; this workbook has only month ${DEFAULT-VALUE}")
    private int number;

    @Option(names = "--lesson", paramLabel = "NN", description = "check and show only this lesson, for example 05")
    private String lesson;

    @Option(
            names = "--fail-under",
            paramLabel = "SCORE",
            description = "exit with code 1 if the score (0 to 100; of the lesson with --lesson) is lower")
    private Double least;

    @Option(names = "--fresh", description = "check all exercises, also those that have not changed")
    private boolean fresh;

    @Option(names = "--capstone", description = "first run the fraud pipeline for a minute")
    private boolean capstone;

    @Spec
    private CommandSpec spec;

    private final Supplier<ExerciseChecker> checker;
    private final Workspace workspace;
    private final Clock clock;
    private final PrintStream out;

    /**
     * @param checker called only if an exercise must be checked
     * @param clock its time zone defines the days of the report
     */
    public Grade(Supplier<ExerciseChecker> checker, Workspace workspace, Clock clock, PrintStream out) {
        this.checker = checker;
        this.workspace = workspace;
        this.clock = clock;
        this.out = out;
    }

    /** Runs the command and ends the JVM. */
    public static void main(String[] args) {
        Workspace workspace = Workspace.current();
        ClassPaths classPaths = new CachedClassPaths(workspace.home(), System.out);
        Program.run(
                new Grade(
                        () -> new WarmJvmChecker(workspace, classPaths, new Lookup(workspace).all(), System.out),
                        workspace,
                        Clock.systemUTC(),
                        System.out),
                args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (number != Month.NUMBER) {
            return reject("This workbook has only month " + Month.NUMBER + ", not " + number + ".");
        }
        Month month = Month.of(workspace);
        lesson = lesson != null && lesson.length() == 1 ? "0" + lesson : lesson;
        Optional<String> missing = lesson == null ? Optional.empty() : missing(month);
        if (missing.isPresent()) {
            return reject(missing.get());
        }
        if (capstone) {
            runCapstone();
        }
        Map<String, String> details;
        try {
            details = new VerdictUpdater(checker, workspace, clock, out).update(exercises(month), fresh);
        } catch (ClassPathException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        return report(month, details);
    }

    private int report(Month month, Map<String, String> details) throws IOException {
        Score score = new Scoring(workspace, clock).of(month);
        Path page = new Reports(workspace.home().resolve("target/evaluate")).write(score, details);
        TerminalReport report = new TerminalReport(score);
        out.print(lesson == null ? report.month() : report.lesson(lesson));
        out.println("  Report: " + workspace.home().relativize(page));
        return exitCode(lesson == null ? score.total() : report.lessonScore(lesson));
    }

    private Optional<String> missing(Month month) {
        return workspace
                .missingMessage(lesson, null)
                .or(() -> month.has(lesson)
                        ? Optional.empty()
                        : Optional.of("Lesson " + lesson + " is not part of month " + number + "."));
    }

    private int reject(String message) {
        spec.commandLine().getErr().println(message);
        return CommandLine.ExitCode.USAGE;
    }

    /** The exit code is ignored: the record of the run shows whether its definition of done is met. */
    private void runCapstone() throws IOException, InterruptedException {
        out.flush();
        new ProcessBuilder(workspace.home().resolve("jbang").toString(), "fraud", "--for", "60s")
                .directory(workspace.home().toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    private List<Exercise> exercises(Month month) {
        Stream<String> lessons = lesson != null
                ? Stream.of(lesson)
                : workspace.lessons().stream().filter(month::has);
        return lessons.flatMap(each -> workspace.exercises(each).stream().map(name -> Exercise.of(each, name)))
                .toList();
    }

    private int exitCode(double score) {
        if (least == null || score >= least) {
            return CommandLine.ExitCode.OK;
        }
        out.println("  " + TerminalReport.tooLow(score, least));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
