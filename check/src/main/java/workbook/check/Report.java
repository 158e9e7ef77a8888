package workbook.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints what came of the checkpoints, as they end: a line for each solved one, the whole story of the others. */
public final class Report implements TestExecutionListener {

    private final List<Judgement> judgements = new ArrayList<>();
    private Throwable failure;

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        result.getThrowable().ifPresent(thrown -> failure = thrown);
        checkpoint(test).ifPresent(this::judged);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (judgements.size() > 1) {
            long solved = judgements.stream().filter(judgement -> judgement.verdict() == Verdict.SOLVED).count();
            System.out.println(solved + " of " + judgements.size() + " solved");
        }
    }

    private void judged(Class<?> checkpoint) {
        if (failure == null) {
            add(Judgement.solved(Exercise.of(checkpoint)));
        } else if (failure instanceof Refusal refusal) {
            add(refusal.judgement());
        }
        failure = null;
    }

    private void add(Judgement judgement) {
        judgements.add(judgement);
        System.out.println(judgement);
    }

    private static Optional<Class<?>> checkpoint(TestIdentifier test) {
        return test.getSource()
                .filter(ClassSource.class::isInstance)
                .<Class<?>>map(source -> ((ClassSource) source).getJavaClass())
                .filter(type -> type.isAnnotationPresent(Checkpoint.class));
    }
}
