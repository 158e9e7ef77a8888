package workbook.evaluate;

import java.io.PrintStream;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.Lookup;
import workbook.evaluate.exercises.Overview;
import workbook.kit.Program;

/** {@code ./jbang list [NN]}: how the exercises stand, and which is next. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the exercises, how each of them stands, and which is next.")
public final class ListExercises extends ExercisesCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "<lesson>",
            description = "a lesson's number, for example 05; otherwise all")
    private String lesson;

    ListExercises(Supplier<Workspace> desk, PrintStream out) {
        super(desk, out);
    }

    /** Shows them, and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new ListExercises(Workspace::current, System.out), args);
    }

    @Override
    int run(Workspace desk, PrintStream out) {
        out.println(lesson == null ? Overview.of(desk) : Overview.of(desk, new Lookup(desk).lesson(lesson)));
        return 0;
    }
}
