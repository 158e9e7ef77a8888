package workbook.evaluate;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.check.catalog.Workspace;
import workbook.evaluate.libraries.CachedClassPaths;
import workbook.evaluate.libraries.ClassPaths;
import workbook.evaluate.watch.TerminalWatch;
import workbook.kit.Program;

/** {@code ./jbang watch [NN | exercise]}: checks an exercise whenever its file is saved. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Checks an exercise whenever you save its file, in a warm JVM.")
public final class Watch extends ExercisesCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "<what>",
            description = "the number of a lesson, for example 05, or an exercise; default: all exercises")
    private String what;

    private final Function<Workspace, ClassPaths> classPaths;

    /** @param classPaths creates the class paths of a workspace */
    Watch(Supplier<Workspace> workspace, Function<Workspace, ClassPaths> classPaths, PrintStream out) {
        super(workspace, out);
        this.classPaths = classPaths;
    }

    /** Runs until the user quits and ends the JVM. */
    public static void main(String[] args) {
        Program.run(
                new Watch(
                        Workspace::current,
                        workspace -> new CachedClassPaths(workspace.home(), System.out),
                        System.out),
                args);
    }

    @Override
    int run(Workspace workspace, PrintStream out) {
        try {
            TerminalWatch.run(workspace, classPaths.apply(workspace), what, out);
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
