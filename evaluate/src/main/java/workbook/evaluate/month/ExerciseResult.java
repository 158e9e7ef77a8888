package workbook.evaluate.month;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workbook.check.catalog.Exercise;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;
import workbook.check.verdict.Verdict;

/**
 * The state of an exercise.
 *
 * @param exercise the full class name: {@code lesson05.HourlyRevenue}
 * @param name without the lesson
 * @param source the learner's file, relative to the project's folder
 * @param verdict the verdict on the current file; empty if this version was not checked
 * @param diagnosis the misconception recognized in the current file, in words, or empty
 * @param attempts the number of answers checked; an untouched starter is no answer
 * @param solved when the exercise was first solved, UTC
 * @param gaveUp whether the solution was shown before the exercise was solved
 * @param misconceptions all misconceptions ever recognized, each once
 */
public record ExerciseResult(
        String exercise,
        String name,
        String source,
        Optional<Verdict> verdict,
        String diagnosis,
        int attempts,
        Optional<Instant> solved,
        boolean gaveUp,
        List<RecognizedMisconception> misconceptions) {

    /** The state of an exercise with these hashes. */
    static ExerciseResult of(Exercise exercise, Hashes hashes, Progress.Contents progress) {
        Optional<Attempt> now = progress.last(exercise.className(), hashes);
        List<Attempt> answers = answers(progress.attempts(exercise.className()));
        Optional<Instant> solved = answers.stream()
                .filter(ExerciseResult::isSolution)
                .map(Attempt::time)
                .findFirst();
        return new ExerciseResult(
                exercise.className(),
                exercise.name(),
                exercise.source(),
                now.map(Attempt::verdict),
                now.map(attempt -> RecognizedMisconception.words(attempt.diagnosis()))
                        .orElse(""),
                answers.size(),
                solved,
                gaveUp(exercise, progress, solved),
                RecognizedMisconception.all(exercise, answers));
    }

    /** All attempts except untouched starters. */
    static List<Attempt> answers(List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.verdict() != Verdict.UNSOLVED)
                .toList();
    }

    static boolean isSolution(Attempt attempt) {
        return attempt.verdict() == Verdict.SOLVED;
    }

    private static boolean gaveUp(Exercise exercise, Progress.Contents progress, Optional<Instant> solved) {
        return progress.revealedAnswers().stream()
                .filter(giveUp -> giveUp.exercise().equals(exercise.className()))
                .anyMatch(giveUp -> solved.isEmpty() || giveUp.time().isBefore(solved.get()));
    }

    /** Whether the current file is solved. */
    boolean isSolved() {
        return verdict.equals(Optional.of(Verdict.SOLVED));
    }

    /** The verdict as text. */
    String verdictText() {
        return verdict.map(Verdict::name).orElse("not checked");
    }
}
