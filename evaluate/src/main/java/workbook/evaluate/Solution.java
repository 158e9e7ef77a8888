package workbook.evaluate;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.progress.AnswerRevealed;
import workbook.check.progress.Progress;
import workbook.check.verdict.Verdict;
import workbook.evaluate.exercises.Lookup;
import workbook.kit.Program;

/** {@code ./jbang solution HourlyRevenue}: shows the solution of a solved exercise, or after giving up. */
@Command(
        name = "solution",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the solution of an exercise that you have solved.")
public final class Solution extends ExercisesCommand {

    @Parameters(paramLabel = "<exercise>", description = "its name, for example HourlyRevenue")
    private String exercise;

    @Option(names = "--give-up", description = "show it before the exercise is solved; the report will show this")
    private boolean giveUp;

    private final Clock clock;

    Solution(Supplier<Workspace> workspace, Clock clock, PrintStream out) {
        super(workspace, out);
        this.clock = clock;
    }

    /** Runs the command and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new Solution(Workspace::current, Clock.systemUTC(), System.out), args);
    }

    @Override
    int run(Workspace workspace, PrintStream out) {
        Exercise found = new Lookup(workspace).exercise(exercise);
        Path solution = Path.of(found.answer());
        if (!Files.exists(workspace.home().resolve(solution))) {
            return failure("This copy of the workbook has no solution " + Workspace.display(solution) + ".");
        }
        Progress progress = Progress.of(workspace);
        if (!mayBeShown(progress.contents(), found)) {
            if (!giveUp) {
                return failure(notSolved(found));
            }
            progress.add(new AnswerRevealed(clock.instant(), found.className()));
        }
        out.println(Workspace.display(solution) + "\n\n" + text(workspace.home().resolve(solution)));
        return 0;
    }

    /** After giving up once, the solution is always shown. */
    private static boolean mayBeShown(Progress.Contents progress, Exercise exercise) {
        return progress.attempts(exercise.className()).stream().anyMatch(each -> each.verdict() == Verdict.SOLVED)
                || progress.revealedAnswers().stream()
                        .anyMatch(each -> each.exercise().equals(exercise.className()));
    }

    private static String notSolved(Exercise exercise) {
        return exercise.name() + " is not solved yet. The solution is shown after you have solved it.\n"
                + "For a hint: ./jbang hint " + exercise.name() + "\n"
                + "To see the solution now: ./jbang solution " + exercise.name() + " --give-up";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
