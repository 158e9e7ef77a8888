package workbook.evaluate;

import java.io.PrintStream;
import java.time.Clock;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.Lookup;
import workbook.evaluate.exercises.Starters;
import workbook.kit.Program;

/** {@code ./jbang reset HourlyRevenue}: restores the starter. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Restores the starter of an exercise. Your version is kept in .workbook/kept.")
public final class Reset extends ExercisesCommand {

    @Parameters(paramLabel = "<exercise>", description = "its name, for example HourlyRevenue")
    private String exercise;

    private final Clock clock;

    Reset(Supplier<Workspace> workspace, Clock clock, PrintStream out) {
        super(workspace, out);
        this.clock = clock;
    }

    /** Runs the command and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new Reset(Workspace::current, Clock.systemUTC(), System.out), args);
    }

    @Override
    int run(Workspace workspace, PrintStream out) {
        Exercise found = new Lookup(workspace).exercise(exercise);
        try {
            out.println(new Starters(workspace).reset(found, clock));
            return 0;
        } catch (IllegalStateException e) {
            return failure(e.getMessage());
        }
    }
}
