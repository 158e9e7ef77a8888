package workbook.figures;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import workbook.check.script.Recorder;
import workbook.check.script.Trace;

/**
 * What a figure is drawn from: what happened when a step of a checkpoint, or one of the {@link FigureScripts}, was
 * played to its answer.
 *
 * @param from the answer, and the class and the method that told the story
 * @param traces at least one
 */
record Source(String from, List<Trace> traces) {

    /**
     * Plays a method that takes its answer as its only parameter.
     *
     * @throws IllegalStateException if there is no such method, or if something else came out than it tells
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
                throw new IllegalStateException(type + "." + method + " does not hold.", recording.thrown());
            }
            return new Source(
                    answer.getClass().getSimpleName() + " in " + teller.getSimpleName() + "." + method,
                    recording.traces());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("There is no " + type + "." + method + " to play.", e);
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
