package workbook.kit;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;

/** Runs a program from its {@code main}: parses options with picocli, prints errors as one sentence, exits. */
public final class Program {

    private Program() {}

    /**
     * Parses the arguments into the program's {@code @Option} fields, calls it, and ends the JVM with its exit code: 0
     * for success, 1 for a failure, 2 for invalid arguments.
     */
    public static void run(Callable<Integer> program, String... args) {
        System.exit(execute(program, args));
    }

    /** Like {@link #run}, but returns the exit code. */
    public static int execute(Callable<Integer> program, String... args) {
        CommandLine line = new CommandLine(program);
        if (line.getCommandName().equals("<main class>")) { // picocli's name for a command without one
            line.setCommandName(program.getClass().getSimpleName());
        }
        return line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command))
                .execute(args);
    }

    private static int explain(Exception e, CommandLine command) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        command.getErr()
                .println(command.getCommandName() + ": "
                        + message.lines().findFirst().orElse(""));
        if (System.getenv("WORKBOOK_LOG") != null) {
            e.printStackTrace(command.getErr());
        } else {
            command.getErr().println("(WORKBOOK_LOG=warn shows the stack trace)");
        }
        return 1;
    }
}
