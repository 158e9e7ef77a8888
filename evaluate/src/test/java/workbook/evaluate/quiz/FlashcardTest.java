package workbook.evaluate.quiz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.check.docs.Page;
import workbook.check.docs.Question;
import workbook.evaluate.exercises.TestWorkbook;

class FlashcardTest {

    private static final LocalDate DAY = LocalDate.parse("2026-02-27");

    private final Flashcard newCard = Flashcard.neverAsked(
            Question.of(new Page(Path.of("QA.md"), TestWorkbook.QA)).get(0));

    @Test
    void aKnownQuestionIsAskedAtGrowingIntervals() {
        List<Long> days = new ArrayList<>();
        LocalDate day = DAY;
        Flashcard card = newCard;
        for (int i = 0; i < 7; i++) {
            card = card.after(true, day);
            assertThat(card.isDue(card.due().minusDays(1))).isFalse();
            assertThat(card.isDue(card.due())).isTrue();
            days.add(ChronoUnit.DAYS.between(day, card.due()));
            day = card.due();
        }
        assertThat(days).containsExactly(1L, 3L, 7L, 14L, 30L, 30L, 30L);
    }

    @Test
    void aMissedQuestionIsDueAtOnceAndStartsOver() {
        Flashcard card = newCard.after(true, DAY).after(true, DAY.plusDays(1)).after(true, DAY.plusDays(4));
        assertThat(card.box()).isEqualTo(4);

        Flashcard missed = card.after(false, DAY.plusDays(5));

        assertThat(missed.isDue(DAY.plusDays(5))).isTrue();
        assertThat(missed.isKnown()).isFalse();
        assertThat(missed.after(true, DAY.plusDays(5)).due()).isEqualTo(DAY.plusDays(6));
    }

    @Test
    void aQuestionKnownBeforeItIsDueIsUnchanged() {
        Flashcard card = newCard.after(true, DAY);
        assertThat(card.after(true, DAY)).isEqualTo(card);
    }

    @Test
    void aLateAnswerStartsTheIntervalOnItsDay() {
        Flashcard late = newCard.after(true, DAY).after(true, DAY.plusDays(100));
        assertThat(late.due()).isEqualTo(DAY.plusDays(103));
    }

    @Test
    void aNewQuestionIsNeitherKnownNorDue() {
        assertThat(newCard.isNew()).isTrue();
        assertThat(newCard.isKnown()).isFalse();
        assertThat(newCard.isDue(DAY)).isFalse();
    }
}
