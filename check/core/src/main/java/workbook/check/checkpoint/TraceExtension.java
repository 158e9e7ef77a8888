package workbook.check.checkpoint;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import workbook.check.script.Recorder;
import workbook.kit.ProjectFolder;

/**
 * Records the steps of a {@link Checkpoint} in its {@link TraceFile}. It writes no file for a diagnosis, nor outside the
 * project's folder.
 */
final class TraceExtension implements InvocationInterceptor {

    /** JUnit configuration parameter: "true" to write no traces. */
    static final String IS_OFF = "workbook.traces.off";

    @Override
    public void interceptTestMethod(
            Invocation<Void> step, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (isOff(context) || isMisconception(context) || ProjectFolder.find().isEmpty()) {
            step.proceed();
            return;
        }
        Recorder.Recording recording = Recorder.record(step::proceed);
        file(context).add(context.getDisplayName(), recording);
        if (recording.thrown() != null) {
            throw recording.thrown();
        }
    }

    private static boolean isOff(ExtensionContext step) {
        return step.getConfigurationParameter(IS_OFF).isPresent();
    }

    private static boolean isMisconception(ExtensionContext step) {
        String exercise = Checkpoints.exercise(step.getRequiredTestClass()).className();
        return !step.getConfigurationParameter(CheckpointExtension.ANSWER_CLASS)
                .orElse(exercise)
                .equals(exercise);
    }

    /** The file for all steps of a checkpoint. */
    private static TraceFile file(ExtensionContext step) {
        Class<?> checkpoint = step.getRequiredTestClass();
        return step.getRoot()
                .getStore(ExtensionContext.Namespace.create(TraceExtension.class))
                .computeIfAbsent(
                        checkpoint,
                        type -> new TraceFile(
                                ProjectFolder.find().orElseThrow().resolve(".workbook/traces"),
                                Checkpoints.exercise(checkpoint)),
                        TraceFile.class);
    }
}
