package workbook.check.checkpoint;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Simulates that an answer runs in a new process: its classes are loaded again, so that no static field keeps what the
 * process before has put there, and a new object is created. A checkpoint calls it through an interface that declares the
 * answer's method, because the class that was loaded again is not the one that the checkpoint refers to:
 *
 * <pre>{@code
 * interface Sink {
 *     VoidFunction2<Dataset<Row>, Long> sink(String folder);
 * }
 *
 * script.run(foreachBatch(() -> NewProcess.of(answer, Sink.class).sink(folder), table()));
 * }</pre>
 *
 * <p>Functions that an engine runs in tasks are not part of the new process: the engine loads their classes itself.
 */
public final class NewProcess {

    private NewProcess() {}

    /**
     * Creates a new object of the answer's class, loaded again.
     *
     * @param methods declares methods of the answer, whose types are not classes of the lesson, and what they throw
     */
    public static <T> T of(Object answer, Class<T> methods) {
        try {
            Object again = Class.forName(
                            answer.getClass().getName(), true, ChildFirstClassLoader.reloading(answer.getClass()))
                    .getConstructor()
                    .newInstance();
            return methods.cast(Proxy.newProxyInstance(
                    methods.getClassLoader(), new Class<?>[] {methods}, (proxy, method, arguments) -> {
                        try {
                            return again.getClass()
                                    .getMethod(method.getName(), method.getParameterTypes())
                                    .invoke(again, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    answer.getClass().getName() + " cannot be loaded again: " + e.getMessage(), e);
        }
    }
}
