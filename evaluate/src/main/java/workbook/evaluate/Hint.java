package workbook.evaluate;

import java.io.PrintStream;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.Hints;
import workbook.evaluate.exercises.Lookup;
import workbook.kit.Program;

/** {@code ./jbang hint HourlyRevenue}: shows the hints one after the other. */
@Command(
        name = "hint",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the next hint for an exercise: a nudge, then the idea, then the API.")
public final class Hint extends ExercisesCommand {

    @Parameters(index = "0", paramLabel = "<exercise>", description = "its name, for example HourlyRevenue")
    private String exercise;

    @Parameters(index = "1", arity = "0..1", paramLabel = "<number>", description = "1, 2 or 3; default: the next one")
    private Integer number;

    @Option(names = "--all", description = "show all hints")
    private boolean all;

    Hint(Supplier<Workspace> workspace, PrintStream out) {
        super(workspace, out);
    }

    /** Runs the command and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new Hint(Workspace::current, System.out), args);
    }

    @Override
    int run(Workspace workspace, PrintStream out) {
        Exercise found = new Lookup(workspace).exercise(exercise);
        Hints hints = new Hints(workspace);
        try {
            out.println(all ? hints.all(found) : number == null ? hints.next(found) : hints.show(found, number));
            return 0;
        } catch (IllegalArgumentException e) {
            return usageError(e.getMessage());
        } catch (IllegalStateException e) {
            return failure(e.getMessage());
        }
    }
}
