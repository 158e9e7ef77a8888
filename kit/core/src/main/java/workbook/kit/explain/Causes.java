package workbook.kit.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        return EngineErrors.errorDetails(root)
                .map(EngineErrors.ErrorDetails::name)
                .filter(name -> !name.isEmpty())
                .orElse(root.getClass().getName());
    }

    /** Explains why an answer does not run: what happened, how to fix it, the original message, and the place. */
    public static Explanation explain(LearnersCode code, Throwable thrown) {
        for (Throwable cause : of(thrown)) {
            if (cause instanceof NotReturned call) {
                return notReturned(code, call, randomRows(thrown));
            }
        }
        List<Failure> failures = failures(thrown);
        ExplanationRules.Match match = ExplanationRules.match(failures).orElseGet(() -> plain(code, failures));
        return new Explanation(
                match.what(),
                match.advice(),
                match.failure().name(),
                match.failure().quote(),
                code.file() + place(code, failures),
                randomRows(thrown));
    }

    /** No exception was thrown, and where the code waits depends on the moment: neither is compared with other failures. */
    private static Explanation notReturned(LearnersCode code, NotReturned call, String note) {
        String place = code.file() + call.place(code);
        return new Explanation("a call does not return.", call.getMessage(), "", "", place, note);
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
    private static ExplanationRules.Match plain(LearnersCode code, List<Failure> failures) {
        Failure innermost = failures.get(0);
        if (innermost.isFromKafka()) {
            return new ExplanationRules.Match("Kafka refused this.", "", innermost);
        }
        Optional<EngineErrors> engine = innermost.isFromEngine()
                ? EngineErrors.engineOf(innermost.thrown())
                : innermost
                        .frames()
                        .filter(frame ->
                                code.isAt(frame) || EngineErrors.engineAt(frame).isPresent())
                        .findFirst()
                        .map(EngineErrors::engineAt)
                        .orElseGet(() -> engine(failures));
        if (engine.isEmpty()) {
            return new ExplanationRules.Match("the code threw an exception.", "", innermost);
        }
        Failure reason = failures.stream().filter(Failure::isNamed).findFirst().orElse(innermost);
        return new ExplanationRules.Match(engine.get().fallbackExplanation(reason.thrown()), "", reason);
    }

    /** The engine that threw one of the failures. */
    private static Optional<EngineErrors> engine(List<Failure> failures) {
        return failures.stream()
                .flatMap(failure -> EngineErrors.engineOf(failure.thrown()).stream())
                .findFirst();
    }

    private static String place(LearnersCode code, List<Failure> failures) {
        return line(code, failures)
                .map(line -> ", line " + line)
                .or(() -> failures.stream()
                        .flatMap(failure -> failure.sql().stream())
                        .findFirst()
                        .map(sql -> ", in the expression " + sql))
                .orElse("");
    }

    /** The line of the exercise's file; empty if the engine threw later, outside the learner's code. */
    private static Optional<Integer> line(LearnersCode code, List<Failure> failures) {
        return failures.stream()
                .flatMap(Failure::frames)
                .filter(code::isAt)
                .map(StackTraceElement::getLineNumber)
                .findFirst();
    }
}
