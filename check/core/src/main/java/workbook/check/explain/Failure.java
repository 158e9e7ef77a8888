package workbook.check.explain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.engine.Engine;
import workbook.check.engine.Engines;

/**
 * One of the causes of an exception.
 *
 * @param details the details from the engine that threw it
 * @param message the message without the error's name
 */
record Failure(Throwable thrown, Optional<Engine.ErrorDetails> details, String message) {

    /** Parts that are not quoted: what differs from run to run, internals of an engine, advice to disable a check. */
    private static final Pattern NOISE = Pattern.compile(String.join(
            "|",
            ";?\\s*SQLSTATE: \\w+;?.*",
            ";$",
            "@[0-9a-f]{5,}\\b",
            " currentThread\\(.*",
            " \\([^()]* loader [^()]*\\)",
            " If necessary set .*? bypass this error\\.",
            " If you understand the possible risk .*",
            "\\bcheckpoint-[0-9a-f-]{36}-?",
            "file:/\\S*/",
            "File 'generated\\.java'[^:]*: (Failed to compile: \\S+: )?",
            "; for example, .*",
            "\\.(?=\\.;?( SQLSTATE|$))",
            " (Please ensure that|You can reference|If the issue persists,) [^.]*\\."));

    private static final Pattern PACKAGE = Pattern.compile("\\b([a-z]\\w*\\.)+(?=[A-Z])");

    /** A cause; if its message was lost on the way from a task, it is taken from the message of another cause. */
    static Failure of(Throwable thrown, List<Throwable> causes) {
        String message = thrown.getMessage() != null ? thrown.getMessage() : messageInOtherCauses(thrown, causes);
        return new Failure(thrown, Engines.errorDetails(thrown), message.strip().replaceFirst("^\\[[A-Z_.0-9]+] ", ""));
    }

    /** The engine's name for the error, such as {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}, else the Java class. */
    String name() {
        return details.map(Engine.ErrorDetails::name)
                .filter(name -> !name.isEmpty())
                .orElse(thrown.getClass().getSimpleName());
    }

    /** The error's name in brackets, and the first line of the message. */
    String quote() {
        String line = message.lines().findFirst().orElse("");
        return ("[" + name() + "] " + readable(NOISE.matcher(line).replaceAll(""))).strip();
    }

    /** The text with class names as the learner writes them, without packages. */
    static String readable(String text) {
        return PACKAGE.matcher(text).replaceAll("").replaceAll("(?<=\\w)\\$(?=[A-Z])", ".");
    }

    /** Whether the engine names the cause, and not only the place where it failed. */
    boolean isNamed() {
        return details.filter(Engine.ErrorDetails::isPrecise).isPresent();
    }

    boolean isFromEngine() {
        return details.isPresent();
    }

    /** The frames that the engine recorded, then those of the stack trace. */
    Stream<StackTraceElement> frames() {
        return Stream.concat(
                details.stream().flatMap(engine -> engine.frames().stream()), Stream.of(thrown.getStackTrace()));
    }

    /** The SQL expression that failed. */
    Optional<String> sql() {
        return details.flatMap(Engine.ErrorDetails::sql);
    }

    private static String messageInOtherCauses(Throwable thrown, List<Throwable> causes) {
        Pattern repeated = Pattern.compile(Pattern.quote(thrown.getClass().getName()) + ": ([^\n]+)");
        String all =
                causes.stream().map(cause -> String.valueOf(cause.getMessage())).collect(Collectors.joining("\n"));
        Matcher matcher = repeated.matcher(all);
        return matcher.find() ? matcher.group(1) : "";
    }
}
