package workbook.kit.flink.explain;

import java.util.List;
import java.util.Optional;
import workbook.kit.explain.EngineErrors;
import workbook.kit.explain.ExplanationRule;

/** The exceptions of Flink, as learners read them. */
public final class FlinkFailures implements EngineErrors {

    private static final String PACKAGE = "org.apache.flink.";

    @Override
    public List<ExplanationRule> explanationRules() {
        return FlinkRules.ALL;
    }

    /** An exception with a cause only says where that was thrown: in a task, in a job. */
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
        return "Flink could not run this job.";
    }
}
