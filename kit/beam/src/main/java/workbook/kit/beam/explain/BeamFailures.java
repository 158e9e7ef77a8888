package workbook.kit.beam.explain;

import java.util.List;
import java.util.Optional;
import workbook.kit.explain.EngineErrors;
import workbook.kit.explain.ExplanationRule;

/** The exceptions of Beam, as learners read them. */
public final class BeamFailures implements EngineErrors {

    private static final String PACKAGE = "org.apache.beam.";

    @Override
    public List<ExplanationRule> explanationRules() {
        return BeamRules.ALL;
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
        return "Beam could not run this pipeline.";
    }
}
