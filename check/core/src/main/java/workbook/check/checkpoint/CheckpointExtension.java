package workbook.check.checkpoint;

import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import workbook.check.catalog.Exercise;
import workbook.check.script.SneakyThrow;

/** Passes the answer to the steps of a {@link Checkpoint}, and converts the first exception to a {@link CheckFailure}. */
final class CheckpointExtension implements ParameterResolver, ExecutionCondition, TestExecutionExceptionHandler {

    /** JUnit configuration parameter: the class to check in place of the exercise's own, a subclass of it. */
    static final String ANSWER_CLASS = "workbook.answer";
    /** JUnit configuration parameter: the name of a step; only the steps after it run, all of them. */
    static final String AFTER = "workbook.after";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext step) {
        return parameter.getParameter().getType() == Checkpoints.answerClass(step.getRequiredTestClass());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext step) {
        Class<?> exercise = Checkpoints.answerClass(step.getRequiredTestClass());
        try {
            return answerClass(step, exercise).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw SneakyThrow.of(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "The class of an answer must be public and have a public constructor without parameters: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext step) {
        if (step.getTestMethod().isEmpty()) {
            return ConditionEvaluationResult.enabled("a checkpoint");
        }
        return step.getConfigurationParameter(AFTER)
                .map(after -> later(step, after))
                .orElseGet(() -> hasFailed(step)
                        ? ConditionEvaluationResult.disabled("an earlier step failed")
                        : ConditionEvaluationResult.enabled("no step has failed"));
    }

    /** The steps run in order: those from the first to {@code after} are disabled. */
    private static ConditionEvaluationResult later(ExtensionContext step, String after) {
        if (hasFailed(step)) {
            return ConditionEvaluationResult.enabled("after " + after);
        }
        if (step.getDisplayName().equals(after)) {
            setFailed(step);
        }
        return ConditionEvaluationResult.disabled("not after " + after);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext step, Throwable thrown) {
        setFailed(step);
        throw new CheckFailure(StepFailure.toResult(exercise(step), step.getDisplayName(), thrown));
    }

    private static Exercise exercise(ExtensionContext step) {
        return Checkpoints.exercise(step.getRequiredTestClass());
    }

    private static Class<?> answerClass(ExtensionContext step, Class<?> exercise) throws ClassNotFoundException {
        String name = step.getConfigurationParameter(ANSWER_CLASS).orElse(exercise.getName());
        return Class.forName(name, true, exercise.getClassLoader()).asSubclass(exercise);
    }

    private static boolean hasFailed(ExtensionContext step) {
        return store(step).get(step.getRequiredTestClass()) != null;
    }

    private static void setFailed(ExtensionContext step) {
        store(step).put(step.getRequiredTestClass(), true);
    }

    private static ExtensionContext.Store store(ExtensionContext step) {
        return step.getRoot().getStore(ExtensionContext.Namespace.create(CheckpointExtension.class));
    }
}
