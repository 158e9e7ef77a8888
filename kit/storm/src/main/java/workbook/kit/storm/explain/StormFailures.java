package workbook.kit.storm.explain;

import java.util.List;
import java.util.Optional;
import workbook.kit.explain.EngineErrors;
import workbook.kit.explain.ExplanationRule;

/** The exceptions of Storm, as learners read them. */
public final class StormFailures implements EngineErrors {

    private static final String PACKAGE = "org.apache.storm.";

    @Override
    public List<ExplanationRule> explanationRules() {
        return StormRules.ALL;
    }

    @Override
    public Optional<ErrorDetails> details(Throwable thrown) {
        return thrown.getClass().getName().startsWith(PACKAGE)
                ? Optional.of(new ErrorDetails("", thrown.getCause() == null, List.of(), Optional.empty()))
                : Optional.empty();
    }

    @Override
    public boolean isAt(StackTraceElement frame) {
        return frame.getClassName().startsWith(PACKAGE);
    }

    @Override
    public String fallbackExplanation(Throwable thrown) {
        return "Storm could not run this bolt.";
    }
}
