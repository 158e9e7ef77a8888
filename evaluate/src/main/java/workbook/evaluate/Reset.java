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

/** {@code ./jbang reset HourlyRevenue}: begin again. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Brings an exercise's starter back. Your version is kept aside.")
public final class Reset extends ExercisesCommand {

    @Parameters(paramLabel = "<exercise>", description = "its name, for example HourlyRevenue")
    private String exercise;

    private final Clock clock;

    Reset(Supplier<Workspace> desk, Clock clock, PrintStream out) {
        super(desk, out);
        this.clock = clock;
    }

    /** Brings it back, and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new Reset(Workspace::current, Clock.systemUTC(), System.out), args);
    }

    @Override
    int run(Workspace desk, PrintStream out) {
        Exercise meant = new Lookup(desk).exercise(exercise);
        try {
            out.println(new Starters(desk).reset(meant, clock));
            return 0;
        } catch (IllegalStateException e) {
            return failed(e.getMessage());
        }
    }
}
