package workbook.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.QueryContext;
import org.apache.spark.QueryContextType;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/**
 * One of the causes of an exception, as it is quoted.
 *
 * @param name the engine's error class, such as {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}; else the Java class
 * @param message what was said, without that name
 */
record Failure(Throwable thrown, String name, String message) {

    /** What Spark numbers until somebody finds a name for it. */
    private static final String NAMELESS = "_LEGACY_ERROR_";

    /** What differs from run to run, what only matters to Spark's makers, and advice to turn a check off. */
    private static final Pattern NOISE = Pattern.compile(String.join("|",
            ";?\\s*SQLSTATE: \\w+;?.*", ";$", "@[0-9a-f]{5,}\\b", " currentThread\\(.*", " \\([^()]* loader [^()]*\\)",
            " If necessary set .*? bypass this error\\.", " If you understand the possible risk .*",
            "\\bcheckpoint-[0-9a-f-]{36}-?", "file:/\\S*/",
            "File 'generated\\.java'[^:]*: (Failed to compile: \\S+: )?", "; for example, .*", "\\.(?=\\.;?( SQLSTATE|$))",
            " (Please ensure that|You can reference|If the issue persists,) [^.]*\\."));

    private static final Pattern PACKAGE = Pattern.compile("\\b([a-z]\\w*\\.)+(?=[A-Z])");
    private static final Pattern CALL_SITE = Pattern.compile("(.+)\\.([^.]+)\\((.+):(\\d+)\\)");

    /** A cause, whose message may have been lost on the way from a task and then stands in another cause's. */
    static Failure of(Throwable thrown, List<Throwable> causes) {
        String message = thrown.getMessage() != null ? thrown.getMessage() : retold(thrown, causes);
        return new Failure(thrown, name(thrown), message.strip().replaceFirst("^\\[[A-Z_.0-9]+] ", ""));
    }

    /** The error class in brackets, and the first line of what was said where there is any. */
    String quote() {
        String line = message.lines().findFirst().orElse("");
        return ("[" + name + "] " + readable(NOISE.matcher(line).replaceAll(""))).strip();
    }

    /** Classes without their packages, as the learner writes them. */
    static String readable(String text) {
        return PACKAGE.matcher(text).replaceAll("").replaceAll("(?<=\\w)\\$(?=[A-Z])", ".");
    }

    /** Whether Spark has a name for it, and not only for where it was at the time. */
    boolean isNamed() {
        return condition(thrown) != null && !List.of("STREAM_FAILED", "FOREACH_BATCH_USER_FUNCTION_ERROR").contains(name);
    }

    boolean isSparks() {
        return thrown instanceof SparkThrowable || thrown.getClass().getName().startsWith("org.apache.spark.");
    }

    /** Where it happened: the code that built the failing column, if Spark remembers, else the stack trace. */
    Stream<StackTraceElement> frames() {
        return Stream.concat(contexts(QueryContextType.DataFrame).flatMap(context -> frame(context.callSite()).stream()),
                Stream.of(thrown.getStackTrace()));
    }

    /** The piece of SQL that failed. */
    Optional<String> sql() {
        return contexts(QueryContextType.SQL).map(QueryContext::fragment).filter(sql -> !sql.isBlank()).findFirst();
    }

    private Stream<QueryContext> contexts(QueryContextType type) {
        QueryContext[] contexts = thrown instanceof SparkThrowable spark ? spark.getQueryContext() : null;
        return contexts == null ? Stream.empty() : Stream.of(contexts).filter(context -> context.contextType() == type);
    }

    private static Optional<StackTraceElement> frame(String callSite) {
        Matcher site = CALL_SITE.matcher(callSite);
        return site.matches()
                ? Optional.of(new StackTraceElement(
                        site.group(1), site.group(2), site.group(3), Integer.parseInt(site.group(4))))
                : Optional.empty();
    }

    private static String name(Throwable thrown) {
        String condition = condition(thrown);
        if (condition != null && !condition.startsWith(NAMELESS)) {
            return condition;
        }
        return thrown instanceof AnalysisException ? "AnalysisException" : thrown.getClass().getSimpleName();
    }

    private static String condition(Throwable thrown) {
        return thrown instanceof SparkThrowable spark ? spark.getCondition() : null;
    }

    private static String retold(Throwable thrown, List<Throwable> causes) {
        Pattern told = Pattern.compile(Pattern.quote(thrown.getClass().getName()) + ": ([^\n]+)");
        String all = causes.stream().map(cause -> String.valueOf(cause.getMessage())).collect(Collectors.joining("\n"));
        Matcher matcher = told.matcher(all);
        return matcher.find() ? matcher.group(1) : "";
    }
}
