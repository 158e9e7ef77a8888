package workbook.evaluate.quiz;

/**
 * How somebody stands with the questions of QA.md.
 *
 * @param known those whose last answer was known
 * @param count all there are
 * @param due those that were asked before and come again today
 */
public record QuizProgress(long known, int count, long due) {

    /** As it is told. */
    @Override
    public String toString() {
        return known + " of " + count + " questions known, " + due + " due today";
    }
}
