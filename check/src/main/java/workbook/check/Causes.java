package workbook.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;

/** What lies behind an exception, and how to say it to the learner whose code met it. */
final class Causes {

    /** As wide as a terminal is at least, and no word is cut. */
    private static final String LINE = "(\\S.{0,94}\\S|\\S)(?:\\s+|$)|(\\S{97,})(?:\\s+|$)";

    private Causes() {}

    /** The exception and its causes, outermost first. */
    static List<Throwable> of(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** Why an answer broke: what happened, what to do about it, what the engine said, and where it was. */
    static String explain(Exercise exercise, Throwable thrown) {
        List<Failure> failures = failures(thrown);
        return Phrasebook.explain(failures).orElseGet(() -> plain(exercise, failures)).told()
                + "\n  " + exercise.source() + place(exercise, failures)
                + randomRows(thrown);
    }

    private static String randomRows(Throwable thrown) {
        return Stream.of(thrown.getSuppressed()).filter(MetRandomRows.class::isInstance).findFirst()
                .map(rows -> "\n  " + rows.getMessage()).orElse("");
    }

    /** The same, innermost first. */
    private static List<Failure> failures(Throwable thrown) {
        List<Throwable> causes = of(thrown);
        List<Failure> failures = new ArrayList<>(causes.stream().map(cause -> Failure.of(cause, causes)).toList());
        Collections.reverse(failures);
        return failures;
    }

    /** What the learner's own code threw, else the innermost error that Spark has a name for, else the innermost. */
    private static Explanation plain(Exercise exercise, List<Failure> failures) {
        Failure innermost = failures.get(0);
        if (!innermost.isSparks() && line(exercise, List.of(innermost)).isPresent()) {
            return new Explanation("the code threw an exception.", "", innermost);
        }
        Failure reason = failures.stream().filter(Failure::isNamed).findFirst().orElse(innermost);
        return new Explanation(opening(reason), "", reason);
    }

    private static String opening(Failure reason) {
        return reason.thrown() instanceof AnalysisException ? "Spark refuses this query." : "Spark could not run this query.";
    }

    private static String place(Exercise exercise, List<Failure> failures) {
        return line(exercise, failures).map(line -> ", line " + line)
                .or(() -> failures.stream().flatMap(failure -> failure.sql().stream()).findFirst()
                        .map(sql -> ", in the expression " + sql))
                .orElse("");
    }

    /** The line of the exercise's file where it happened; none where Spark met the error later, on its own. */
    private static Optional<Integer> line(Exercise exercise, List<Failure> failures) {
        return failures.stream()
                .flatMap(Failure::frames)
                .filter(exercise::isAt)
                .map(StackTraceElement::getLineNumber)
                .findFirst();
    }

    /**
     * What is said of a failure.
     *
     * @param what what happened, in the learner's terms
     * @param advice what to do about it; may be empty
     * @param failure which of the causes it is about
     */
    record Explanation(String what, String advice, Failure failure) {

        String told() {
            String opening = advice.isEmpty() ? what + "\n\n" : what + "\n\n" + wrapped(advice) + "\n";
            return opening + wrapped(failure.quote()).stripTrailing();
        }
    }

    /** The text in lines that are indented, and no longer than is pleasant to read. */
    static String wrapped(String text) {
        return text.replaceAll(LINE, "  $1$2\n");
    }
}
