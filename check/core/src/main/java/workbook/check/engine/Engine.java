package workbook.check.engine;

import java.util.List;
import java.util.Optional;

/**
 * A stream engine that stories are played on. {@link Engines} finds those of a class path by {@link java.util.ServiceLoader},
 * and starts one only when a checkpoint needs it. How an answer is played on it is a
 * {@code workbook.check.script.RunnableAnswer} of the engine's own.
 */
public interface Engine {

    /** The package of what a checkpoint names when it plays a story on this engine: {@code workbook.check.spark}. */
    String packageName();

    /** Starts what all stories share, if it does not run yet. */
    void start();

    /** Plays a story that nobody is judged by: whoever has played it has loaded what most stories need. */
    void warmUp();

    /** Stops what all stories share, so that the next one finds its classes through the class loader of that moment. */
    void stop();

    /** The failures of this engine that learners meet, in words of their own trade; the more exact ones first. */
    List<ExplanationRule> explanationRules();

    /** What this engine says of an exception of its own; nothing of others. */
    Optional<ErrorDetails> errorDetails(Throwable thrown);

    /** The sentence that opens what learners read of an exception that no rule fits. */
    String fallbackExplanation(Throwable thrown);

    /**
     * What an engine says of an exception.
     *
     * @param name its name for the error, such as {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}; empty where it has none
     * @param isPrecise whether that name tells what was wrong, and not only where the engine was at the time
     * @param frames where it happened, if the engine remembers more than the stack trace does
     * @param sql the piece of SQL that failed
     */
    record ErrorDetails(String name, boolean isPrecise, List<StackTraceElement> frames, Optional<String> sql) {}
}
