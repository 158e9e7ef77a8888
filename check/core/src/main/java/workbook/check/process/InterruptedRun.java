package workbook.check.process;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import workbook.check.catalog.Exercise;
import workbook.check.explain.Explanation;
import workbook.check.verdict.CheckResult;

/** What is said of an answer whose run was cut short. */
final class InterruptedRun {

    private InterruptedRun() {}

    /** Its time was up; the step and the threads tell what it was doing, where they can still be asked. */
    static Reply timedOut(
            Exercise exercise, Optional<String> step, long milliseconds, Map<Thread, StackTraceElement[]> threads) {
        return reply(
                exercise,
                "the code did not come to an end within " + milliseconds / 1000 + " s.",
                step.map(title -> "It was at the step: " + title + "\n  ").orElse("")
                        + "Does it loop, or wait for a stream to end? On a slow machine give it more time: -Dseconds="
                        + Math.max(2, milliseconds / 500),
                place(exercise, threads, thread -> true));
    }

    /** It called {@code System.exit}, as one of the threads tells. */
    static Reply exited(Exercise exercise, Map<Thread, StackTraceElement[]> threads) {
        return reply(
                exercise,
                "the code ends the JVM it runs in.",
                "Remove System.exit: a method that has done its work returns.",
                place(exercise, threads, InterruptedRun::isExiting));
    }

    /** Its JVM ended without a word. */
    static Reply jvmEnded(Exercise exercise, int exitCode) {
        return reply(
                exercise,
                "the JVM it ran in has ended (exit code " + exitCode + ").",
                "Does the code call Runtime.halt? Remove it: a method that has done its work returns.",
                Optional.empty());
    }

    static Reply outOfMemory(Exercise exercise, int megabytes) {
        String size = megabytes % 1024 == 0 ? megabytes / 1024 + " GB" : megabytes + " MB";
        return reply(
                exercise,
                "the code used up its memory (" + size + ").",
                "Does it keep every row, in a collection that only grows?",
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

    /** Where the learner's file is being run; if by several threads, by one of Spark's, for which the others wait. */
    private static Optional<StackTraceElement> place(
            Exercise exercise, Map<Thread, StackTraceElement[]> threads, Predicate<StackTraceElement[]> meant) {
        return threads.entrySet().stream()
                .sorted(Comparator.comparing(thread -> thread.getKey().getName().equals(Worker.CHECKING)))
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
