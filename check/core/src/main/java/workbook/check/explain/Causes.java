package workbook.check.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.engine.Engine;
import workbook.check.engine.Engines;

/** What lies behind an exception, and how to say it to the learner whose code met it. */
public final class Causes {

    private Causes() {}

    /** The exception and its causes, outermost first. */
    public static List<Throwable> of(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** What the innermost cause is called: by the engine it comes from or, where that has no name for it, in Java. */
    public static String rootName(Throwable thrown) {
        List<Throwable> causes = of(thrown);
        Throwable root = causes.get(causes.size() - 1);
        return Engines.errorDetails(root)
                .map(Engine.ErrorDetails::name)
                .filter(name -> !name.isEmpty())
                .orElse(root.getClass().getName());
    }

    /** Why an answer broke: what happened, what to do about it, what the engine said, and where it was. */
    public static Explanation explain(Exercise exercise, Throwable thrown) {
        List<Failure> failures = failures(thrown);
        ExplanationRules.Words words = ExplanationRules.words(failures).orElseGet(() -> plain(exercise, failures));
        return new Explanation(
                words.what(),
                words.advice(),
                words.failure().name(),
                words.failure().quote(),
                exercise.source() + place(exercise, failures),
                randomRows(thrown));
    }

    private static String randomRows(Throwable thrown) {
        return Stream.of(thrown.getSuppressed())
                .filter(RandomInputNote.class::isInstance)
                .findFirst()
                .map(Throwable::getMessage)
                .orElse("");
    }

    /** The same, innermost first. */
    private static List<Failure> failures(Throwable thrown) {
        List<Throwable> causes = of(thrown);
        List<Failure> failures = new ArrayList<>(
                causes.stream().map(cause -> Failure.of(cause, causes)).toList());
        Collections.reverse(failures);
        return failures;
    }

    /** What the learner's own code threw, else the innermost error that the engine has a name for, else the innermost. */
    private static ExplanationRules.Words plain(Exercise exercise, List<Failure> failures) {
        Failure innermost = failures.get(0);
        boolean isTheLearners =
                !innermost.isFromEngine() && line(exercise, List.of(innermost)).isPresent();
        if (isTheLearners || Engines.all().isEmpty()) {
            return new ExplanationRules.Words("the code threw an exception.", "", innermost);
        }
        Failure reason = failures.stream().filter(Failure::isNamed).findFirst().orElse(innermost);
        return new ExplanationRules.Words(engine(failures).fallbackExplanation(reason.thrown()), "", reason);
    }

    /** The engine that one of the failures comes from; else it is the code inside a query, whoever runs it. */
    private static Engine engine(List<Failure> failures) {
        return failures.stream()
                .flatMap(failure -> Engines.engineOf(failure.thrown()).stream())
                .findFirst()
                .orElse(Engines.all().get(0));
    }

    private static String place(Exercise exercise, List<Failure> failures) {
        return line(exercise, failures)
                .map(line -> ", line " + line)
                .or(() -> failures.stream()
                        .flatMap(failure -> failure.sql().stream())
                        .findFirst()
                        .map(sql -> ", in the expression " + sql))
                .orElse("");
    }

    /** The line of the exercise's file where it happened; none where the engine met the error later, on its own. */
    private static Optional<Integer> line(Exercise exercise, List<Failure> failures) {
        return failures.stream()
                .flatMap(Failure::frames)
                .filter(exercise::isAt)
                .map(StackTraceElement::getLineNumber)
                .findFirst();
    }
}
