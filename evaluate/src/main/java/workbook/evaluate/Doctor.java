package workbook.evaluate;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import workbook.evaluate.doctor.Check;
import workbook.evaluate.doctor.CheckRunner;
import workbook.kit.Program;
import workbook.kit.ProjectFolder;

/** {@code ./jbang doctor}: is everything here that the workbook needs? */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Looks whether this machine has what the workbook needs, and says how to mend what is missing.")
public final class Doctor implements Callable<Integer> {

    private final List<Check> topics;
    private final PrintStream out;

    Doctor(List<Check> topics, PrintStream out) {
        this.topics = topics;
        this.out = out;
    }

    /** Looks, and ends the JVM: with 1 if something needed is missing. */
    public static void main(String[] args) {
        Program.run(new Doctor(ProjectFolder.find().map(Check::all).orElseGet(Check::elsewhere), System.out), args);
    }

    @Override
    public Integer call() {
        return new CheckRunner(out).passes(topics) ? 0 : 1;
    }
}
