package workbook.evaluate.quiz;

import java.time.LocalDate;
import java.util.List;
import workbook.check.docs.Question;

/**
 * A question in one of six boxes. Known on a day on which it is due, it moves to the next box, and comes again later;
 * missed, it goes back to the first. What is not due yet, and known all the same, stays where it is.
 *
 * <p>The scheme is Sebastian Leitner's (<i>So lernt man lernen</i>, Herder 1972;
 * <a href="https://en.wikipedia.org/wiki/Leitner_system">Leitner system</a>), the {@link #DAYS} are this workbook's.
 *
 * @param box 0 if it was never asked, or else 1 to 6
 * @param due the first day on which it comes again; one long ago if it was never asked
 */
public record Flashcard(Question question, int box, LocalDate due) {

    /** After how many days the questions of each box come again. */
    static final List<Integer> DAYS = List.of(0, 1, 3, 7, 14, 30);

    static Flashcard fresh(Question question) {
        return new Flashcard(question, 0, LocalDate.EPOCH);
    }

    /** Where it is once it was answered on this day. */
    Flashcard after(boolean isKnown, LocalDate day) {
        if (!isKnown) {
            return in(1, day);
        }
        return day.isBefore(due) ? this : in(Math.min(Math.max(box, 1) + 1, DAYS.size()), day);
    }

    private Flashcard in(int next, LocalDate day) {
        return new Flashcard(question, next, day.plusDays(DAYS.get(next - 1)));
    }

    boolean isFresh() {
        return box == 0;
    }

    /** Whether the last answer was. */
    boolean isKnown() {
        return box > 1;
    }

    /** Whether it was asked before, and is to be asked again. */
    boolean isDue(LocalDate day) {
        return !isFresh() && !day.isBefore(due);
    }
}
