package workbook.check.process;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import workbook.check.catalog.Exercise;
import workbook.check.verdict.CheckResult;
import workbook.kit.explain.Explanation;
import workbook.kit.explain.PendingCall;

/** The replies for an answer whose run was interrupted. */
final class InterruptedRun {

    private InterruptedRun() {}

    /** The run exceeded its time limit; the step and the stack traces are reported if the worker still responds. */
    static Reply timedOut(
            Exercise exercise, Optional<String> step, long milliseconds, Map<Thread, StackTraceElement[]> threads) {
        Optional<PendingCall> pending = PendingCall.in(threads);
        boolean isExplained = pending.filter(PendingCall::isExplained).isPresent();
        return reply(
                exercise,
                "the code did not finish within " + milliseconds / 1000 + " s.",
                step.map(title -> "Step: " + title + "\n  ").orElse("")
                        + pending.map(call -> call + "\n  ").orElse("")
                        + (isExplained ? "" : "Does it loop, or wait for a stream to end? ")
                        + "On a slow machine, raise the limit: -Dseconds="
                        + Math.max(2, milliseconds / 500),
                place(exercise, threads, thread -> true));
    }

    /** The code called {@code System.exit}; one of the stack traces shows where. */
    static Reply exited(Exercise exercise, Map<Thread, StackTraceElement[]> threads) {
        return reply(
                exercise,
                "the code exits its JVM.",
                "Remove System.exit: return from the method instead.",
                place(exercise, threads, InterruptedRun::isExiting));
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

    /** The frame in the learner's file; a thread of Spark comes first, because the thread that calls waits for it. */
    private static Optional<StackTraceElement> place(
            Exercise exercise, Map<Thread, StackTraceElement[]> threads, Predicate<StackTraceElement[]> meant) {
        return threads.entrySet().stream()
                .sorted(Comparator.comparing(thread -> thread.getKey().getName().equals(PendingCall.CALLING)))
                .map(Map.Entry::getValue)
                .filter(meant)
                .flatMap(frames -> Arrays.stream(frames).filter(exercise::isAt).limit(1))
                .findFirst();
    }

    private static boolean isExiting(StackTraceElement[] frames) {
        return Arrays.stream(frames)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }
}
