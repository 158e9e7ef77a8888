package workbook.evaluate;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.Starters;
import workbook.evaluate.exercises.UnknownNameException;

/** A command for the learner's exercises. Invalid input gives a message and exit code 2. */
abstract class ExercisesCommand implements Callable<Integer> {

    private final Supplier<Workspace> locator;
    private final PrintStream out;

    @Spec
    private CommandSpec spec;

    /** The workspace is located when the command runs, so that its help works outside of the project. */
    ExercisesCommand(Supplier<Workspace> locator, PrintStream out) {
        this.locator = locator;
        this.out = out;
    }

    @Override
    public final Integer call() {
        Workspace workspace = locator.get();
        Starters.backUp(workspace);
        try {
            return run(workspace, out);
        } catch (UnknownNameException e) {
            return usageError(e.getMessage());
        }
    }

    /** Runs the command; returns the exit code. */
    abstract int run(Workspace workspace, PrintStream out);

    final int usageError(String message) {
        spec.commandLine().getErr().println(message);
        return CommandLine.ExitCode.USAGE;
    }

    final int failure(String message) {
        spec.commandLine().getErr().println(message);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
