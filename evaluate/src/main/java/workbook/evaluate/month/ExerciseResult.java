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
 * How an exercise stands.
 *
 * @param exercise the class's full name: {@code lesson05.HourlyRevenue}
 * @param name without the lesson
 * @param source the learner's file, seen from the project's folder
 * @param verdict on the file as it is now; none if this very text was never judged by these very rules
 * @param diagnosis the misconception recognised in the file as it is now, in words, or empty
 * @param attempts how many answers were judged; an untouched starter is no answer
 * @param solved when it was solved first, UTC
 * @param gaveUp whether the answer was looked at before it was solved
 * @param met the misconceptions that were ever recognised, each once
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
        List<RecognizedMisconception> met) {

    /** Of an exercise with these hashes. */
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

    /** All but starters. */
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

    /** Whether the file as it is now is a right answer. */
    boolean isSolved() {
        return verdict.equals(Optional.of(Verdict.SOLVED));
    }

    /** The verdict as people read it. */
    String said() {
        return verdict.map(Verdict::name).orElse("not judged");
    }
}
