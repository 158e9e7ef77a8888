package workbook.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** What lies behind an exception, and how to say it to the learner whose code met it. */
final class Causes {

    /** Conditions that only say where Spark was when the query failed; the reason is further down. */
    private static final List<String> WRAPPERS = List.of("STREAM_FAILED", "FOREACH_BATCH_USER_FUNCTION_ERROR");

    private Causes() {}

    /** The exception and its causes, outermost first. */
    static List<Throwable> of(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** Why an answer broke: who refused, what they said, and where in the exercise's file. */
    static String explain(Exercise exercise, Throwable thrown) {
        List<Throwable> causes = of(thrown);
        Throwable reason = reason(exercise, causes);
        String place = line(exercise, causes).map(line -> ", line " + line).orElse("");
        return opening(reason, !place.isEmpty()) + "\n\n  " + firstLine(reason) + "\n  " + exercise.source() + place;
    }

    /** What the learner's own code threw, else the innermost error that Spark has a name for, else the innermost. */
    private static Throwable reason(Exercise exercise, List<Throwable> causes) {
        Throwable innermost = causes.get(causes.size() - 1);
        if (!isSparks(innermost) && line(exercise, List.of(innermost)).isPresent()) {
            return innermost;
        }
        return causes.stream()
                .filter(cause -> condition(cause) != null)
                .reduce((outer, inner) -> inner)
                .orElse(innermost);
    }

    private static String opening(Throwable reason, boolean isPlaced) {
        if (reason instanceof AnalysisException) {
            return "Spark refuses this query.";
        }
        return isSparks(reason) || !isPlaced ? "Spark could not run this query." : "the code threw an exception.";
    }

    private static String firstLine(Throwable reason) {
        String message = reason.getMessage() == null ? "" : reason.getMessage().lines().findFirst().orElse("");
        String said = message.replaceFirst(";?\\s*SQLSTATE: \\w+;?\\s*$", "");
        String named = condition(reason) == null ? reason.getClass().getSimpleName() : "";
        return named.isEmpty() || said.isEmpty() ? named + said : named + ": " + said;
    }

    /** The line of the exercise's file where it happened; none where Spark met the error later, on its own. */
    private static Optional<Integer> line(Exercise exercise, List<Throwable> causes) {
        return causes.stream()
                .flatMap(cause -> Arrays.stream(cause.getStackTrace()))
                .filter(exercise::isAt)
                .map(StackTraceElement::getLineNumber)
                .findFirst();
    }

    private static boolean isSparks(Throwable thrown) {
        return thrown instanceof SparkThrowable || thrown.getClass().getName().startsWith("org.apache.spark.");
    }

    private static String condition(Throwable thrown) {
        String condition = thrown instanceof SparkThrowable spark ? spark.getCondition() : null;
        return WRAPPERS.contains(String.valueOf(condition)) ? null : condition;
    }
}
