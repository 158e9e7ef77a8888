package workbook.kit;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;

/** Runs a program of the workbook from its {@code main}: options by picocli, errors as a sentence, then the exit. */
public final class Program {

    private Program() {}

    /**
     * Parses the arguments into the program's {@code @Option} fields, calls it, and ends the JVM with the code it
     * returns: by custom 0 for success, 1 for a failure, 2 for arguments that make no sense.
     */
    public static void run(Callable<Integer> program, String... args) {
        System.exit(execute(program, args));
    }

    /** The same, and the JVM goes on. */
    public static int execute(Callable<Integer> program, String... args) {
        CommandLine line = new CommandLine(program);
        if (line.getCommandName().equals("<main class>")) { // picocli's name for a command without one
            line.setCommandName(program.getClass().getSimpleName());
        }
        return line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command))
                .execute(args);
    }

    private static int explain(Exception e, CommandLine command) {
        Throwable what =
                e instanceof CompletionException && e.getCause() != null ? e.getCause() : e; // not where it ran
        String message = what.getMessage() == null ? what.toString() : what.getMessage();
        command.getErr()
                .println(command.getCommandName() + ": "
                        + message.lines().findFirst().orElse(""));
        if (System.getenv("WORKBOOK_LOG") != null) {
            e.printStackTrace(command.getErr());
        } else {
            command.getErr().println("(WORKBOOK_LOG=warn shows where it happened)");
        }
        return 1;
    }
}
