package workbook.evaluate;

import java.io.PrintStream;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.check.catalog.Desk;
import workbook.evaluate.watch.WatchLoop;
import workbook.kit.Program;

/** {@code ./jbang watch [NN | exercise]}: save a file, get a verdict. */
@Command(name = "watch", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Judges an exercise whenever you save its file, in a JVM that is warm.")
public final class Watch extends DeskCommand {

    @Parameters(arity = "0..1", paramLabel = "<what>",
            description = "a lesson's number, for example 05, or an exercise; otherwise all of them")
    private String what;

    Watch(Supplier<Desk> desk, PrintStream out) {
        super(desk, out);
    }

    /** Watches until somebody quits, and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new Watch(Desk::here, System.out), args);
    }

    @Override
    int run(Desk desk, PrintStream out) {
        try {
            WatchLoop.run(desk, what, out);
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
