package workbook.evaluate.quiz;

import java.time.LocalDate;
import java.util.List;
import workbook.check.docs.Question;

/**
 * A question with its state of spaced repetition. A flashcard is in one of six boxes. A known answer on or after the
 * due day moves it to the next box, with a longer interval; a missed one moves it back to the first. A known answer
 * before the due day changes nothing.
 *
 * <p>This is the <a href="https://en.wikipedia.org/wiki/Leitner_system">Leitner system</a> (Sebastian Leitner, <i>So
 * lernt man lernen</i>, Herder 1972) with the intervals {@link #DAYS}.
 *
 * @param box 1 to 6, or 0 if the question was never asked
 * @param due the first day on which it is asked again; a past day if it was never asked
 */
public record Flashcard(Question question, int box, LocalDate due) {

    /** The interval of each box in days. */
    static final List<Integer> DAYS = List.of(0, 1, 3, 7, 14, 30);

    static Flashcard neverAsked(Question question) {
        return new Flashcard(question, 0, LocalDate.EPOCH);
    }

    /** The flashcard after an answer on this day. */
    Flashcard after(boolean isKnown, LocalDate day) {
        if (!isKnown) {
            return inBox(1, day);
        }
        return day.isBefore(due) ? this : inBox(Math.min(Math.max(box, 1) + 1, DAYS.size()), day);
    }

    private Flashcard inBox(int next, LocalDate day) {
        return new Flashcard(question, next, day.plusDays(DAYS.get(next - 1)));
    }

    boolean isNew() {
        return box == 0;
    }

    /** Whether the last answer was known. */
    boolean isKnown() {
        return box > 1;
    }

    /** Whether it was asked before and is due again. */
    boolean isDue(LocalDate day) {
        return !isNew() && !day.isBefore(due);
    }
}
