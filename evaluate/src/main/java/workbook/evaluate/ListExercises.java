package workbook.evaluate;

import java.io.PrintStream;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.Lookup;
import workbook.evaluate.exercises.Overview;
import workbook.kit.Program;

/** {@code ./jbang list [NN]}: lists the exercises with their status, and the next exercise. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists the exercises with their status, and the next exercise.")
public final class ListExercises extends ExercisesCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "<lesson>",
            description = "the number of a lesson, for example 05; default: all")
    private String lesson;

    ListExercises(Supplier<Workspace> workspace, PrintStream out) {
        super(workspace, out);
    }

    /** Runs the command and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new ListExercises(Workspace::current, System.out), args);
    }

    @Override
    int run(Workspace workspace, PrintStream out) {
        out.println(
                lesson == null ? Overview.of(workspace) : Overview.of(workspace, new Lookup(workspace).lesson(lesson)));
        return 0;
    }
}
