package workbook.evaluate;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import workbook.evaluate.doctor.Examination;
import workbook.evaluate.doctor.Topic;
import workbook.kit.Home;
import workbook.kit.Program;

/** {@code ./jbang doctor}: is everything here that the workbook needs? */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Looks whether this machine has what the workbook needs, and says how to mend what is missing.")
public final class Doctor implements Callable<Integer> {

    private final List<Topic> topics;
    private final PrintStream out;

    Doctor(List<Topic> topics, PrintStream out) {
        this.topics = topics;
        this.out = out;
    }

    /** Looks, and ends the JVM: with 1 if something needed is missing. */
    public static void main(String[] args) {
        Program.run(new Doctor(Home.folder().map(Topic::all).orElseGet(Topic::elsewhere), System.out), args);
    }

    @Override
    public Integer call() {
        return new Examination(out).passes(topics) ? 0 : 1;
    }
}
