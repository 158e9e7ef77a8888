package workbook.check.process;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import workbook.check.catalog.Exercise;
import workbook.check.verdict.CheckResult;
import workbook.kit.explain.Explanation;

/** The replies for an answer whose run was interrupted. */
final class InterruptedRun {

    /** Calls in which an answer waits for ever, by the end of class and method, and what they wait for. */
    private static final Map<String, String> WAITS = Map.of(
            "Producer.close",
            "It returns when all records are sent. One that was sent outside a transaction, by a producer with a"
                    + " transactional.id, never is: call beginTransaction() before the send.",
            "StreamingQuery.awaitTermination",
            "The query ends by itself only with Trigger.AvailableNow().",
            "StreamingQuery.processAllAvailable",
            "It returns when the query is idle. With timers in processing time it never is.");

    private InterruptedRun() {}

    /** The run exceeded its time limit; the step and the stack traces are reported if the worker still responds. */
    static Reply timedOut(
            Exercise exercise, Optional<String> step, long milliseconds, Map<Thread, StackTraceElement[]> threads) {
        Optional<StackTraceElement[]> frames = framesOfTheAnswer(exercise, threads, thread -> true);
        Optional<String> call = frames.flatMap(at -> waitingCall(exercise, at));
        return reply(
                exercise,
                "the code did not finish within " + milliseconds / 1000 + " s.",
                step.map(title -> "Step: " + title + "\n  ").orElse("")
                        + call.map(InterruptedRun::waiting).orElse("Does it loop, or wait for a stream to end?")
                        + " On a slow machine, raise the limit: -Dseconds=" + Math.max(2, milliseconds / 500),
                frames.map(at -> frameOfTheAnswer(exercise, at)));
    }

    private static String waiting(String call) {
        return "It waits in " + call + "()."
                + WAITS.entrySet().stream()
                        .filter(known -> call.endsWith(known.getKey()))
                        .map(known -> " " + known.getValue())
                        .findFirst()
                        .orElse("");
    }

    /** The method that the answer called and that waits now: {@code KafkaProducer.close}; empty if it runs or sleeps. */
    private static Optional<String> waitingCall(Exercise exercise, StackTraceElement[] frames) {
        int caller = List.of(frames).indexOf(frameOfTheAnswer(exercise, frames));
        boolean waits = List.of("park", "park0", "wait", "wait0", "sleep", "sleep0")
                        .contains(frames[0].getMethodName())
                && frames[0].getClassName().matches("java\\.lang\\.(Object|Thread)|jdk\\.internal\\.misc\\.Unsafe");
        return waits && caller > 0
                ? Optional.of(name(frames[caller - 1])).filter(call -> !call.equals("Thread.sleep"))
                : Optional.empty();
    }

    private static String name(StackTraceElement frame) {
        String className = frame.getClassName().replaceFirst(".*[.$]", "").replace("QueryWrapper", "Query");
        return className + "." + frame.getMethodName();
    }

    /** The code called {@code System.exit}; one of the stack traces shows where. */
    static Reply exited(Exercise exercise, Map<Thread, StackTraceElement[]> threads) {
        return reply(
                exercise,
                "the code exits its JVM.",
                "Remove System.exit: return from the method instead.",
                framesOfTheAnswer(exercise, threads, InterruptedRun::isExiting)
                        .map(frames -> frameOfTheAnswer(exercise, frames)));
    }

    /** The JVM ended without a reply. */
    static Reply jvmEnded(Exercise exercise, int exitCode) {
        return reply(
                exercise,
                "its JVM ended (exit code " + exitCode + ").",
                "Does the code call Runtime.halt? Remove it: return from the method instead.",
                Optional.empty());
    }

    static Reply outOfMemory(Exercise exercise, int megabytes) {
        String size = megabytes % 1024 == 0 ? megabytes / 1024 + " GB" : megabytes + " MB";
        return reply(
                exercise,
                "the code ran out of memory (" + size + ").",
                "Does it keep every row in a collection?",
                Optional.empty());
    }

    private static Reply reply(Exercise exercise, String what, String advice, Optional<StackTraceElement> place) {
        return Reply.interrupted(CheckResult.broken(
                exercise,
                "",
                Explanation.ofInterruptedRun(
                        what,
                        advice,
                        exercise.source()
                                + place.map(frame -> ", line " + frame.getLineNumber())
                                        .orElse(""))));
    }

    /** The stack trace with the answer's file; a thread of Spark comes first, because the checking thread waits for it. */
    private static Optional<StackTraceElement[]> framesOfTheAnswer(
            Exercise exercise, Map<Thread, StackTraceElement[]> threads, Predicate<StackTraceElement[]> meant) {
        return threads.entrySet().stream()
                .sorted(Comparator.comparing(thread -> thread.getKey().getName().equals(Worker.CHECKING)))
                .map(Map.Entry::getValue)
                .filter(meant)
                .filter(frames -> Arrays.stream(frames).anyMatch(exercise::isAt))
                .findFirst();
    }

    /** The innermost frame in the answer's file. */
    private static StackTraceElement frameOfTheAnswer(Exercise exercise, StackTraceElement[] frames) {
        return Arrays.stream(frames).filter(exercise::isAt).findFirst().orElseThrow();
    }

    private static boolean isExiting(StackTraceElement[] frames) {
        return Arrays.stream(frames)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }
}
