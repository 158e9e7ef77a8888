package workbook.check.memory;

import java.util.List;
import java.util.Optional;
import workbook.kit.explain.EngineErrors;
import workbook.kit.explain.ExplanationRule;

/** The exceptions of the {@link MemoryEngine}. */
public final class MemoryErrors implements EngineErrors {

    @Override
    public List<ExplanationRule> explanationRules() {
        return List.of(ExplanationRule.rule(
                "FULL: (\\d+) rows", "the memory holds no more than $1 rows.", "Drop what is not needed."));
    }

    @Override
    public Optional<ErrorDetails> details(Throwable thrown) {
        return thrown instanceof MemoryEngine.Full
                ? Optional.of(new ErrorDetails("FULL", true, List.of(), Optional.empty()))
                : Optional.empty();
    }

    @Override
    public boolean isAt(StackTraceElement frame) {
        return frame.getClassName().startsWith(MemoryEngine.class.getPackageName());
    }

    @Override
    public String fallbackExplanation(Throwable thrown) {
        return "the query did not fit into memory.";
    }
}
