package workbook.kit.explain;

import java.util.List;
import java.util.Optional;

/**
 * The exceptions of an engine whose exceptions have no names and no details of their own: those whose class is in the
 * engine's package. One with a cause only says where that was thrown, such as in a task.
 */
public abstract class EngineErrorsByPackage implements EngineErrors {

    private final String prefix;
    private final List<ExplanationRule> rules;
    private final String fallback;

    /**
     * @param prefix of the names of the engine's classes, such as {@code org.apache.flink.}
     * @param fallback the explanation of an exception that no rule matches
     */
    protected EngineErrorsByPackage(String prefix, List<ExplanationRule> rules, String fallback) {
        this.prefix = prefix;
        this.rules = rules;
        this.fallback = fallback;
    }

    @Override
    public final List<ExplanationRule> explanationRules() {
        return rules;
    }

    @Override
    public final Optional<ErrorDetails> details(Throwable thrown) {
        return thrown.getClass().getName().startsWith(prefix)
                ? Optional.of(new ErrorDetails("", thrown.getCause() == null, List.of(), Optional.empty()))
                : Optional.empty();
    }

    @Override
    public final boolean isAt(StackTraceElement frame) {
        return frame.getClassName().startsWith(prefix);
    }

    @Override
    public final String fallbackExplanation(Throwable thrown) {
        return fallback;
    }
}
