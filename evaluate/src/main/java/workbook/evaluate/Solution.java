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

/** {@code ./jbang solution HourlyRevenue}: the answer, for whoever has solved it, or gives up. */
@Command(
        name = "solution",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the answer to an exercise that you have solved.")
public final class Solution extends ExercisesCommand {

    @Parameters(paramLabel = "<exercise>", description = "its name, for example HourlyRevenue")
    private String exercise;

    @Option(names = "--give-up", description = "show it though the exercise is not solved; this is remembered")
    private boolean givesUp;

    private final Clock clock;

    Solution(Supplier<Workspace> desk, Clock clock, PrintStream out) {
        super(desk, out);
        this.clock = clock;
    }

    /** Shows it, and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new Solution(Workspace::current, Clock.systemUTC(), System.out), args);
    }

    @Override
    int run(Workspace desk, PrintStream out) {
        Exercise meant = new Lookup(desk).exercise(exercise);
        Path place = Path.of(meant.answer());
        if (!Files.exists(desk.home().resolve(place))) {
            return failed("The answer is not here: this copy of the workbook has no " + Workspace.display(place) + ".");
        }
        Progress progress = Progress.of(desk);
        if (!mayBeSeen(progress.contents(), meant)) {
            if (!givesUp) {
                return failed(notYet(meant));
            }
            progress.add(new AnswerRevealed(clock.instant(), meant.className()));
        }
        out.println(Workspace.display(place) + "\n\n" + text(desk.home().resolve(place)));
        return 0;
    }

    /** Who has given up once need not do so again. */
    private static boolean mayBeSeen(Progress.Contents progress, Exercise exercise) {
        return progress.attempts(exercise.className()).stream().anyMatch(each -> each.verdict() == Verdict.SOLVED)
                || progress.revealedAnswers().stream()
                        .anyMatch(each -> each.exercise().equals(exercise.className()));
    }

    private static String notYet(Exercise exercise) {
        return exercise.name() + " is not solved yet, and its answer is shown once it is.\n"
                + "A hint may do: ./jbang hint " + exercise.name() + "\n"
                + "To see the answer all the same: ./jbang solution " + exercise.name() + " --give-up";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
