package workbook.check.judge;

import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import workbook.check.catalog.Exercise;
import workbook.check.script.Unchanged;

/** Hands the answer to the steps of a {@link Checkpoint}, and turns the first exception into the {@link Refusal}. */
final class Judge implements ParameterResolver, ExecutionCondition, TestExecutionExceptionHandler {

    /** JUnit configuration parameter: the class to judge instead of the exercise itself, a subclass of it. */
    static final String SUBJECT = "workbook.subject";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext step) {
        return parameter.getParameter().getType() == Checkpoints.subject(step.getRequiredTestClass());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext step) {
        Class<?> exercise = Checkpoints.subject(step.getRequiredTestClass());
        try {
            return subject(step, exercise).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw Unchanged.of(e.getCause());
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
        throw new Refusal(Judging.of(exercise(step), step.getDisplayName(), thrown));
    }

    private static Exercise exercise(ExtensionContext step) {
        return Checkpoints.exercise(step.getRequiredTestClass());
    }

    private static Class<?> subject(ExtensionContext step, Class<?> exercise) throws ClassNotFoundException {
        String name = step.getConfigurationParameter(SUBJECT).orElse(exercise.getName());
        return Class.forName(name, true, exercise.getClassLoader()).asSubclass(exercise);
    }

    private static boolean isRefused(ExtensionContext step) {
        return store(step).get(step.getRequiredTestClass()) != null;
    }

    private static void refuse(ExtensionContext step) {
        store(step).put(step.getRequiredTestClass(), true);
    }

    private static ExtensionContext.Store store(ExtensionContext step) {
        return step.getRoot().getStore(ExtensionContext.Namespace.create(Judge.class));
    }
}
