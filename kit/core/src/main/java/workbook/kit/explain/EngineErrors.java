package workbook.kit.explain;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** What a stream engine's part of the kit knows about the engine's exceptions; {@link ServiceLoader} finds it. */
public interface EngineErrors {

    /** Explains this engine's exceptions to learners; the more specific rules come first. */
    List<ExplanationRule> explanationRules();

    /** The details of an exception of this engine; empty for other exceptions. */
    Optional<ErrorDetails> details(Throwable thrown);

    /** Whether a stack frame is in this engine's code. */
    boolean isAt(StackTraceElement frame);

    /** The explanation of an exception that no rule matches. */
    String fallbackExplanation(Throwable thrown);

    /**
     * The engine's details of an exception.
     *
     * @param name the error's name, such as {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}; empty if it has none
     * @param isPrecise whether the name states the cause, and not only the place where the engine failed
     * @param frames the frames that the engine recorded in addition to the stack trace
     * @param sql the SQL expression that failed
     */
    record ErrorDetails(String name, boolean isPrecise, List<StackTraceElement> frames, Optional<String> sql) {}

    /** Those of the engines on the class path. */
    static List<EngineErrors> all() {
        return EngineErrorsOnTheClassPath.ALL;
    }

    /** The details of an exception, from the engine that threw it. */
    static Optional<ErrorDetails> errorDetails(Throwable thrown) {
        return all().stream().flatMap(engine -> engine.details(thrown).stream()).findFirst();
    }

    /** The engine that threw an exception. */
    static Optional<EngineErrors> engineOf(Throwable thrown) {
        return all().stream()
                .filter(engine -> engine.details(thrown).isPresent())
                .findFirst();
    }

    /** The engine whose code a stack frame is in. */
    static Optional<EngineErrors> engineAt(StackTraceElement frame) {
        return all().stream().filter(engine -> engine.isAt(frame)).findFirst();
    }
}
