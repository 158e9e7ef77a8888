package workbook.evaluate;

import java.io.PrintStream;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.Lookup;
import workbook.evaluate.scaffold.Scaffold;
import workbook.kit.Program;

/** {@code ./jbang new-exercise 05 Name}: writes the files of a new exercise, for contributors. */
@Command(
        name = "new-exercise",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes the files of a new exercise: starter, checkpoint, hints, answer, misconceptions,"
                + " alternatives, and a line on the lesson's page.")
public final class NewExercise extends ExercisesCommand {

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*");

    @Parameters(index = "0", paramLabel = "<lesson>", description = "its lesson, for example 05")
    private String lesson;

    @Parameters(index = "1", paramLabel = "<name>", description = "its name, a Java class name such as HourlyRevenue")
    private String name;

    NewExercise(Supplier<Workspace> workspace, PrintStream out) {
        super(workspace, out);
    }

    /** Writes them, and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new NewExercise(Workspace::current, System.out), args);
    }

    @Override
    int run(Workspace workspace, PrintStream out) {
        if (!NAME.matcher(name).matches()) {
            return usageError(name + " is not a valid exercise name. Use a Java class name such as HourlyRevenue.");
        }
        try {
            new Scaffold(workspace)
                    .write(Exercise.of(new Lookup(workspace).lesson(lesson), name))
                    .forEach(file -> out.println("wrote  " + Workspace.display(file)));
        } catch (IllegalArgumentException e) {
            return usageError(e.getMessage());
        }
        out.println("Replace the sample, and run .ci/prove " + name + " until it is green.");
        return 0;
    }
}
