package workbook.check;

import java.util.stream.Collectors;

/**
 * A verdict on one exercise, with its reason.
 *
 * @param reason what the learner is told, without the verdict itself; empty for {@link Verdict#SOLVED}
 * @param diagnosis the simple name of the {@link Misconception} that was recognised, or empty
 */
public record Judgement(Exercise exercise, Verdict verdict, String reason, String diagnosis) {

    Judgement(Exercise exercise, Verdict verdict, String reason) {
        this(exercise, verdict, reason, "");
    }

    static Judgement solved(Exercise exercise) {
        return new Judgement(exercise, Verdict.SOLVED, "");
    }

    /** On an answer that does not compile; the errors as {@code javac} would tell them to a friend. */
    public static Judgement uncompiled(Exercise exercise, String errors) {
        return new Judgement(exercise, Verdict.BROKEN, "the code does not compile.\n\n" + indented(errors));
    }

    /** What a step's exception means for the exercise. */
    static Judgement of(Exercise exercise, String step, Throwable thrown) {
        Verdict verdict = Verdict.of(thrown);
        return new Judgement(exercise, verdict, switch (verdict) {
            case UNSOLVED -> "not solved yet, open " + exercise.source();
            case WRONG -> "not true yet: " + step + "\n\n" + indented(String.valueOf(thrown.getMessage())) + "\n" + hint(exercise);
            case BROKEN -> Causes.explain(exercise, thrown) + "\n" + hint(exercise);
            case SOLVED -> throw new IllegalArgumentException("A step that throws solves nothing.", thrown);
        });
    }

    /** The same judgement, and what the learner seems to believe. */
    Judgement with(Class<?> misconception) {
        return new Judgement(exercise, verdict, reason + "\n\n  " + Diagnosis.text(misconception),
                misconception.getSimpleName());
    }

    /** Whether another answer to the same exercise was refused at the same step for having done exactly the same. */
    boolean behavesLike(Judgement other) {
        return verdict == other.verdict && behaviour().equals(other.behaviour());
    }

    /** The reason without the place in the learner's file, which is another one in another file. */
    private String behaviour() {
        return reason.lines().filter(line -> !line.contains(exercise.source())).collect(Collectors.joining("\n"));
    }

    /** The verdict as people read it: a line, and below it, if the answer was refused, why. */
    @Override
    public String toString() {
        String line = String.format("%-8s  %s", verdict, exercise);
        return reason.isEmpty() ? line : line + ": " + reason;
    }

    private static String indented(String text) {
        return text.strip().replaceAll("(?m)^(?=.)", "  ");
    }

    private static String hint(Exercise exercise) {
        return "\n  Hints: " + exercise.hint();
    }
}
