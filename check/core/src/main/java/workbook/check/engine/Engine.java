package workbook.check.engine;

import java.util.List;
import java.util.Optional;

/**
 * A stream engine that runs scripts. {@link Engines} finds the engines on the class path by
 * {@link java.util.ServiceLoader}; an engine is started only if a checkpoint needs it. Each engine has its own
 * implementations of {@code workbook.check.script.RunnableAnswer}.
 */
public interface Engine {

    /** The package of the classes that a checkpoint uses to run a script on this engine: {@code workbook.check.spark}. */
    String packageName();

    /** Starts what all scripts share, if it is not running. */
    void start();

    /** Runs a sample script, so that the classes that most scripts need are loaded. */
    void warmUp();

    /** Stops what all scripts share. The next script starts it again with the context class loader of that moment. */
    void stop();

    /** Explains this engine's exceptions to learners; the more specific rules come first. */
    List<ExplanationRule> explanationRules();

    /** The details of an exception of this engine; empty for other exceptions. */
    Optional<ErrorDetails> errorDetails(Throwable thrown);

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
}
