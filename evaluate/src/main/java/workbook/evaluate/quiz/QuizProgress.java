package workbook.evaluate.quiz;

/**
 * The learner's progress with the questions of QA.md.
 *
 * @param known the number of questions whose last answer was known
 * @param count the number of all questions
 * @param due the number of questions that are to be repeated today
 */
public record QuizProgress(long known, int count, long due) {

    /** The progress as text. */
    @Override
    public String toString() {
        return known + " of " + count + " questions known, " + due + " due today";
    }
}
