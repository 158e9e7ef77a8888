package workbook.check;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Hears what JUnit says about the steps, and says what came of each checkpoint as a whole. Steps may run at the same time;
 * of those that fail, the first in order decides.
 */
abstract class CheckpointListener implements TestExecutionListener {

    /** For what concerns the checkpoint as a whole. */
    private static final int BEFORE_ALL = Integer.MIN_VALUE;

    private int held;
    private final SortedMap<Integer, Optional<Throwable>> failures = new TreeMap<>();

    /** A checkpoint ended with this. */
    abstract void judged(Judgement judgement);

    /** A checkpoint ended without a verdict: it failed itself, or not all of its steps were run. */
    void unjudged(Exercise exercise, Throwable failure) {}

    @Override
    public synchronized void executionStarted(TestIdentifier test) {
        if (checkpoint(test).isPresent()) {
            held = 0;
            failures.clear();
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            failures.put(step(test).map(Steps::place).orElse(BEFORE_ALL), result.getThrowable());
        } else if (test.isTest()) {
            held++;
        }
        checkpoint(test).ifPresent(this::ended);
    }

    private void ended(Class<?> checkpoint) {
        Exercise exercise = Exercise.of(checkpoint);
        Throwable failure = failures.isEmpty() ? null : failures.get(failures.firstKey()).orElse(null);
        if (failure instanceof Refusal refusal) {
            judged(refusal.judgement());
        } else if (failures.isEmpty() && held > 0 && held >= Steps.of(checkpoint).size()) {
            judged(Judgement.solved(exercise));
        } else {
            unjudged(exercise, failure);
        }
    }

    private static Optional<Class<?>> checkpoint(TestIdentifier test) {
        return test.getSource()
                .filter(ClassSource.class::isInstance)
                .<Class<?>>map(source -> ((ClassSource) source).getJavaClass())
                .filter(type -> type.isAnnotationPresent(Checkpoint.class));
    }

    private static Optional<Method> step(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod());
    }
}
