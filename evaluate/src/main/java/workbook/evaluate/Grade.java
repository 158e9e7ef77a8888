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

/** {@code ./jbang grade --month 10}: judges what has changed, scores the month, and writes its report. */
@Command(
        name = "grade",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Judges your exercises, scores the month, and writes a report to target/evaluate.",
        footer = {"", "Ends with 0, with 1 if the score is below --fail-under, with 2 for arguments that make no sense."
        })
public final class Grade implements Callable<Integer> {

    @Option(
            names = "--month",
            paramLabel = "N",
            defaultValue = "10",
            description = "the month; this workbook is month ${DEFAULT-VALUE}")
    private int number;

    @Option(names = "--lesson", paramLabel = "NN", description = "judges and shows only this lesson, for example 05")
    private String lesson;

    @Option(
            names = "--fail-under",
            paramLabel = "SCORE",
            description = "ends with 1 if the score, 0 to 100, is lower; with --lesson, the lesson's own")
    private Double least;

    @Option(names = "--fresh", description = "judges everything anew, changed or not")
    private boolean fresh;

    @Option(names = "--capstone", description = "runs the fraud pipeline for a minute first")
    private boolean capstone;

    @Spec
    private CommandSpec spec;

    private final Supplier<ExerciseChecker> examiner;
    private final Workspace desk;
    private final Clock clock;
    private final PrintStream out;

    /**
     * @param examiner asked for one if something is to be judged
     * @param clock its zone says which days the report has
     */
    public Grade(Supplier<ExerciseChecker> examiner, Workspace desk, Clock clock, PrintStream out) {
        this.examiner = examiner;
        this.desk = desk;
        this.clock = clock;
        this.out = out;
    }

    /** Grades, and ends the JVM. */
    public static void main(String[] args) {
        Workspace desk = Workspace.current();
        ClassPaths classPaths = new CachedClassPaths(desk.home(), System.out);
        Program.run(
                new Grade(
                        () -> new WarmJvmChecker(desk, classPaths, new Lookup(desk).all(), System.out),
                        desk,
                        Clock.systemUTC(),
                        System.out),
                args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (number != Month.NUMBER) {
            return refuse("This workbook is month " + Month.NUMBER + ". There is no month " + number + " in it.");
        }
        Month month = Month.of(desk);
        lesson = lesson != null && lesson.length() == 1 ? "0" + lesson : lesson;
        Optional<String> missing = lesson == null ? Optional.empty() : missing(month);
        if (missing.isPresent()) {
            return refuse(missing.get());
        }
        if (capstone) {
            runCapstone();
        }
        Map<String, String> reasons;
        try {
            reasons = new VerdictUpdater(examiner, desk, clock, out).grade(exercises(month), fresh);
        } catch (ClassPathException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        return tell(month, reasons);
    }

    private int tell(Month month, Map<String, String> reasons) throws IOException {
        Score score = new Scoring(desk, clock).of(month);
        Path page = new Reports(desk.home().resolve("target/evaluate")).write(score, reasons);
        TerminalReport board = new TerminalReport(score);
        out.print(lesson == null ? board.month() : board.lesson(lesson));
        out.println("  The report: " + desk.home().relativize(page));
        return verdict(lesson == null ? score.total() : board.lessonScore(lesson));
    }

    private Optional<String> missing(Month month) {
        return desk.missingMessage(lesson, null)
                .or(() -> month.has(lesson)
                        ? Optional.empty()
                        : Optional.of("Lesson " + lesson + " does not belong to month " + number + "."));
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println(why);
        return CommandLine.ExitCode.USAGE;
    }

    /** Its own exit code says whether its definition of done held; so does its record. */
    private void runCapstone() throws IOException, InterruptedException {
        out.flush();
        new ProcessBuilder(desk.home().resolve("jbang").toString(), "fraud", "--for", "60s")
                .directory(desk.home().toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    private List<Exercise> exercises(Month month) {
        Stream<String> lessons =
                lesson != null ? Stream.of(lesson) : desk.lessons().stream().filter(month::has);
        return lessons.flatMap(each -> desk.exercises(each).stream().map(name -> Exercise.of(each, name)))
                .toList();
    }

    private int verdict(double score) {
        if (least == null || score >= least) {
            return CommandLine.ExitCode.OK;
        }
        out.println("  " + TerminalReport.tooLow(score, least));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
