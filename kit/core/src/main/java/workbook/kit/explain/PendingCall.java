package workbook.kit.explain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A call of an answer's code that has not returned.
 *
 * @param at the line of the answer that is being executed
 * @param method the method of a library that this line has called, such as {@code KafkaProducer.close()}; empty if the
 *        answer's own code is running
 * @param isWaiting whether the thread waits
 */
public record PendingCall(StackTraceElement at, String method, boolean isWaiting) {

    /** The name of a thread that calls an answer. */
    public static final String CALLING = "calling the answer";

    private static final Set<Thread.State> WAITING =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.BLOCKED);

    /** Calls that wait for ever, by the end of their names, and what they wait for. */
    private static final Map<String, String> WAITS = Map.of(
            "Producer.close()",
            " It returns when all records are sent. One that was sent outside a transaction, by a producer with a"
                    + " transactional.id, never is: call beginTransaction() before the send.",
            "StreamingQuery.awaitTermination()",
            " The query ends by itself only with Trigger.AvailableNow().",
            "StreamingQuery.processAllAvailable()",
            " It returns when the query is idle. With timers in processing time it never is.");

    /** Classes of a lesson, except its checkpoints. */
    private static final Pattern ANSWER = Pattern.compile("lesson\\d\\d\\.(?!\\w*Checkpoint\\b).*");

    /**
     * The call of an answer in these threads. A thread of an engine that runs the answer's code comes first, because the
     * thread that has called the answer waits for it.
     */
    public static Optional<PendingCall> in(Map<Thread, StackTraceElement[]> threads) {
        return threads.entrySet().stream()
                .sorted(Comparator.comparing(thread -> thread.getKey().getName().equals(CALLING)))
                .flatMap(thread -> of(thread.getKey().getState(), thread.getValue()).stream())
                .findFirst();
    }

    /** The innermost call of an answer in the stack trace of a thread. */
    static Optional<PendingCall> of(Thread.State state, StackTraceElement... frames) {
        return IntStream.range(0, frames.length)
                .filter(i -> ANSWER.matcher(frames[i].getClassName()).matches())
                .mapToObj(i -> new PendingCall(
                        frames[i],
                        i == 0 ? "" : method(frames[i - 1]),
                        WAITING.contains(state) || frames[0].isNativeMethod()))
                .findFirst();
    }

    private static String method(StackTraceElement called) {
        return publicType(called.getClassName(), called.getMethodName()) + "." + called.getMethodName() + "()";
    }

    /** The class's simple name; for an internal class that of the public type that declares the method. */
    private static String publicType(String className, String method) {
        String name = simple(className);
        if (!className.contains(".internal")) {
            return name;
        }
        try {
            Class<?> type =
                    Class.forName(className, false, Thread.currentThread().getContextClassLoader());
            return Arrays.stream(type.getInterfaces())
                    .filter(each -> Arrays.stream(each.getMethods())
                            .anyMatch(declared -> declared.getName().equals(method)))
                    .map(each -> simple(each.getName()))
                    .findFirst()
                    .orElse(name);
        } catch (ClassNotFoundException | LinkageError e) {
            return name;
        }
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }

    /** Whether it is known why the call waits; the text says so. */
    public boolean isExplained() {
        return !reason().isEmpty();
    }

    private String reason() {
        return WAITS.entrySet().stream()
                .filter(known -> isWaiting && method.endsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** Where the code is, in a sentence, and what it waits for, if that is known. */
    @Override
    public String toString() {
        String place = at.getFileName() + ":" + at.getLineNumber();
        return method.isEmpty()
                ? "It is at " + place + "."
                : "It " + (isWaiting ? "waits" : "is") + " in " + method + ", called in " + place + "." + reason();
    }
}
