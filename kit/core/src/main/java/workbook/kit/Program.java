package workbook.kit;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import picocli.CommandLine;
import workbook.kit.explain.Causes;
import workbook.kit.explain.LearnersCode;

/**
 * Runs a program from its {@code main}: parses options with picocli, prints errors as one sentence, exits. A failure of a
 * lesson's program, which learners change, is explained as one of an answer is.
 */
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
        return execute(commandLine(program), program, args);
    }

    /** Like {@link #execute(Callable, String...)}, without arguments, and prints errors to {@code err}. */
    static int execute(Callable<Integer> program, PrintWriter err) {
        return execute(commandLine(program).setErr(err), program);
    }

    private static int execute(CommandLine line, Callable<Integer> program, String... args) {
        try {
            return line.execute(args);
        } catch (Error e) { // picocli passes it on, and a broker's threads would keep the JVM
            return explain(e, line, program.getClass());
        }
    }

    private static CommandLine commandLine(Callable<Integer> program) {
        CommandLine line = new CommandLine(program);
        if (line.getCommandName().equals("<main class>")) { // picocli's name for a command without one
            line.setCommandName(program.getClass().getSimpleName());
        }
        return line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command, program.getClass()));
    }

    private static int explain(Throwable e, CommandLine command, Class<?> program) {
        String text = isChangedByLearners(program) && !isForItsUser(e)
                ? Causes.explain(LearnersCode.of(program), e).toString()
                : message(e);
        command.getErr().println(command.getCommandName() + ": " + text);
        if (System.getenv("WORKBOOK_LOG") != null) {
            e.printStackTrace(command.getErr());
        } else {
            command.getErr().println("(WORKBOOK_LOG=warn shows the stack trace)");
        }
        return 1;
    }

    /** A lesson's program. */
    private static boolean isChangedByLearners(Class<?> program) {
        return program.getPackageName().matches("lesson\\d\\d");
    }

    /** Whether the kit threw it: its messages say what to do. */
    private static boolean isForItsUser(Throwable e) {
        List<Throwable> causes = Causes.of(e);
        return Stream.of(causes.get(causes.size() - 1).getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java."))
                .findFirst()
                .filter(name -> name.startsWith("workbook."))
                .isPresent();
    }

    private static String message(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        boolean isClear = cause.getMessage() != null && !(cause instanceof Error);
        String message = isClear ? cause.getMessage() : cause.toString();
        return message.lines().findFirst().orElse("");
    }
}
