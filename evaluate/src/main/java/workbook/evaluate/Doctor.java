package workbook.evaluate;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import workbook.evaluate.doctor.Check;
import workbook.evaluate.doctor.CheckRunner;
import workbook.kit.Program;
import workbook.kit.ProjectFolder;

/** {@code ./jbang doctor}: checks whether this machine meets the workbook's requirements. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Checks whether this machine meets the workbook's requirements, and shows how to fix problems.")
public final class Doctor implements Callable<Integer> {

    private final List<Check> checks;
    private final PrintStream out;

    Doctor(List<Check> checks, PrintStream out) {
        this.checks = checks;
        this.out = out;
    }

    /** Runs the checks and ends the JVM, with exit code 1 if there is a problem. */
    public static void main(String[] args) {
        Program.run(
                new Doctor(ProjectFolder.find().map(Check::all).orElseGet(Check::outsideOfWorkbook), System.out), args);
    }

    @Override
    public Integer call() {
        return new CheckRunner(out).run(checks) ? 0 : 1;
    }
}
