package workbook.check.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.engine.Engine;
import workbook.check.engine.Engines;

/** The causes of an exception, and its explanation for the learner whose code threw it. */
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

    /** The name of the innermost cause: the engine's name for the error or, if there is none, the Java class. */
    public static String rootName(Throwable thrown) {
        List<Throwable> causes = of(thrown);
        Throwable root = causes.get(causes.size() - 1);
        return Engines.errorDetails(root)
                .map(Engine.ErrorDetails::name)
                .filter(name -> !name.isEmpty())
                .orElse(root.getClass().getName());
    }

    /** Explains why an answer does not run: what happened, how to fix it, the original message, and the place. */
    public static Explanation explain(Exercise exercise, Throwable thrown) {
        List<Failure> failures = failures(thrown);
        ExplanationRules.Match match = ExplanationRules.match(failures).orElseGet(() -> plain(exercise, failures));
        return new Explanation(
                match.what(),
                match.advice(),
                match.failure().name(),
                match.failure().quote(),
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

    /** The exception and its causes, innermost first. */
    private static List<Failure> failures(Throwable thrown) {
        List<Throwable> causes = of(thrown);
        List<Failure> failures = new ArrayList<>(
                causes.stream().map(cause -> Failure.of(cause, causes)).toList());
        Collections.reverse(failures);
        return failures;
    }

    /**
     * The explanation if no rule matches. It says who threw the exception, and quotes the one that was thrown by Kafka or
     * the learner's own code, else the innermost one that the engine names, else the innermost.
     */
    private static ExplanationRules.Match plain(Exercise exercise, List<Failure> failures) {
        Failure innermost = failures.get(0);
        if (innermost.isFromKafka()) {
            return new ExplanationRules.Match("Kafka refused this.", "", innermost);
        }
        Optional<Engine> engine = innermost.isFromEngine()
                ? Engines.engineOf(innermost.thrown())
                : innermost
                        .frames()
                        .filter(frame ->
                                exercise.isAt(frame) || Engines.engineAt(frame).isPresent())
                        .findFirst()
                        .map(Engines::engineAt)
                        .orElseGet(() -> engine(failures));
        if (engine.isEmpty()) {
            return new ExplanationRules.Match("the code threw an exception.", "", innermost);
        }
        Failure reason = failures.stream().filter(Failure::isNamed).findFirst().orElse(innermost);
        return new ExplanationRules.Match(engine.get().fallbackExplanation(reason.thrown()), "", reason);
    }

    /** The engine that threw one of the failures. */
    private static Optional<Engine> engine(List<Failure> failures) {
        return failures.stream()
                .flatMap(failure -> Engines.engineOf(failure.thrown()).stream())
                .findFirst();
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

    /** The line of the exercise's file; empty if the engine threw later, outside the learner's code. */
    private static Optional<Integer> line(Exercise exercise, List<Failure> failures) {
        return failures.stream()
                .flatMap(Failure::frames)
                .filter(exercise::isAt)
                .map(StackTraceElement::getLineNumber)
                .findFirst();
    }
}
