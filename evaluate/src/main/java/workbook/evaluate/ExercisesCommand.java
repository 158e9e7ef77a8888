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

/** A command about the learner's desk. What it cannot understand costs a sentence and exit code 2. */
abstract class ExercisesCommand implements Callable<Integer> {

    private final Supplier<Workspace> place;
    private final PrintStream out;

    @Spec
    private CommandSpec spec;

    /** Where the desk is, is asked when the command runs: its help can be read anywhere. */
    ExercisesCommand(Supplier<Workspace> place, PrintStream out) {
        this.place = place;
        this.out = out;
    }

    @Override
    public final Integer call() {
        Workspace desk = place.get();
        Starters.keep(desk);
        try {
            return run(desk, out);
        } catch (UnknownNameException e) {
            return misunderstood(e.getMessage());
        }
    }

    /** Returns the exit code. */
    abstract int run(Workspace desk, PrintStream out);

    final int misunderstood(String message) {
        spec.commandLine().getErr().println(message);
        return CommandLine.ExitCode.USAGE;
    }

    final int failed(String message) {
        spec.commandLine().getErr().println(message);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
