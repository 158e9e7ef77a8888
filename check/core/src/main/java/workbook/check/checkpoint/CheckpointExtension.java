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

/** Hands the answer to the steps of a {@link Checkpoint}, and turns the first exception into the {@link CheckFailure}. */
final class CheckpointExtension implements ParameterResolver, ExecutionCondition, TestExecutionExceptionHandler {

    /** JUnit configuration parameter: the class to judge instead of the exercise itself, a subclass of it. */
    static final String ANSWER_CLASS = "workbook.answer";

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
                    "A checkpoint needs the class of its answer public, with a public"
                            + " constructor without parameters: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext step) {
        return step.getTestMethod().isPresent() && isRefused(step)
                ? ConditionEvaluationResult.disabled("an earlier step was refused")
                : ConditionEvaluationResult.enabled("no step was refused so far");
    }

    @Override
    public void handleTestExecutionException(ExtensionContext step, Throwable thrown) {
        refuse(step);
        throw new CheckFailure(StepFailure.toResult(exercise(step), step.getDisplayName(), thrown));
    }

    private static Exercise exercise(ExtensionContext step) {
        return Checkpoints.exercise(step.getRequiredTestClass());
    }

    private static Class<?> answerClass(ExtensionContext step, Class<?> exercise) throws ClassNotFoundException {
        String name = step.getConfigurationParameter(ANSWER_CLASS).orElse(exercise.getName());
        return Class.forName(name, true, exercise.getClassLoader()).asSubclass(exercise);
    }

    private static boolean isRefused(ExtensionContext step) {
        return store(step).get(step.getRequiredTestClass()) != null;
    }

    private static void refuse(ExtensionContext step) {
        store(step).put(step.getRequiredTestClass(), true);
    }

    private static ExtensionContext.Store store(ExtensionContext step) {
        return step.getRoot().getStore(ExtensionContext.Namespace.create(CheckpointExtension.class));
    }
}
