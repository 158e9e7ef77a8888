package workbook.figures;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import workbook.check.script.Recorder;
import workbook.check.script.Trace;

/**
 * The source of a figure: the traces of a step of a checkpoint, or of one of the {@link FigureScripts}, run on its answer.
 *
 * @param from the answer, and the class and method that ran the script
 * @param traces at least one
 */
record Source(String from, List<Trace> traces) {

    /**
     * Runs a method that takes its answer as its only parameter.
     *
     * @throws IllegalStateException if there is no such method, or if an expectation fails
     */
    static Source of(String type, String method) {
        try {
            Class<?> teller = Class.forName(type);
            Method step = Arrays.stream(teller.getDeclaredMethods())
                    .filter(each -> each.getName().equals(method))
                    .findFirst()
                    .orElseThrow();
            step.setAccessible(true);
            Object story = make(teller);
            Object answer = make(step.getParameterTypes()[0]);
            Recorder.Recording recording = Recorder.record(() -> step.invoke(story, answer));
            if (recording.thrown() != null) {
                throw new IllegalStateException(type + "." + method + " fails.", recording.thrown());
            }
            return new Source(
                    answer.getClass().getSimpleName() + " in " + teller.getSimpleName() + "." + method,
                    recording.traces());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("There is no " + type + "." + method + " to run.", e);
        }
    }

    Trace trace() {
        return traces.get(0);
    }

    private static Object make(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }
}
