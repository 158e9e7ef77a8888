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

/** {@code ./jbang watch [NN | exercise]}: save a file, get a verdict. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Judges an exercise whenever you save its file, in a JVM that is warm.")
public final class Watch extends ExercisesCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "<what>",
            description = "a lesson's number, for example 05, or an exercise; otherwise all of them")
    private String what;

    private final Function<Workspace, ClassPaths> classPaths;

    /** @param classPaths what the code of a lesson may use, at a desk */
    Watch(Supplier<Workspace> desk, Function<Workspace, ClassPaths> classPaths, PrintStream out) {
        super(desk, out);
        this.classPaths = classPaths;
    }

    /** Watches until somebody quits, and ends the JVM. */
    public static void main(String[] args) {
        Program.run(
                new Watch(Workspace::current, desk -> new CachedClassPaths(desk.home(), System.out), System.out), args);
    }

    @Override
    int run(Workspace desk, PrintStream out) {
        try {
            TerminalWatch.run(desk, classPaths.apply(desk), what, out);
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
