package workbook.check.checkpoint;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import workbook.check.catalog.Exercise;
import workbook.check.verdict.CheckResult;

/** A JUnit listener that reports the result of each checkpoint as a whole. */
abstract class CheckpointListener implements TestExecutionListener {

    private int held;
    private Throwable failure;

    /** Called at the end of a checkpoint with its result. */
    abstract void checked(CheckResult result);

    /** Called if a checkpoint has no verdict: the checkpoint itself failed, or not all of its steps ran. */
    void notChecked(Exercise exercise, Throwable failure) {}

    @Override
    public void executionStarted(TestIdentifier test) {
        if (checkpoint(test).isPresent()) {
            held = 0;
            failure = null;
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            failure = result.getThrowable().orElse(null);
        } else if (test.isTest()) {
            held++;
        }
        checkpoint(test).ifPresent(this::ended);
    }

    private void ended(Class<?> checkpoint) {
        Exercise exercise = Checkpoints.exercise(checkpoint);
        if (failure instanceof CheckFailure checkFailure) {
            checked(checkFailure.result());
        } else if (failure == null && held > 0 && held >= steps(checkpoint)) {
            checked(CheckResult.solved(exercise));
        } else {
            notChecked(exercise, failure);
        }
    }

    private static long steps(Class<?> checkpoint) {
        return Arrays.stream(checkpoint.getDeclaredMethods())
                .filter(step -> step.isAnnotationPresent(Order.class))
                .count();
    }

    private static Optional<Class<?>> checkpoint(TestIdentifier test) {
        return test.getSource()
                .filter(ClassSource.class::isInstance)
                .<Class<?>>map(source -> ((ClassSource) source).getJavaClass())
                .filter(type -> type.isAnnotationPresent(Checkpoint.class));
    }
}
