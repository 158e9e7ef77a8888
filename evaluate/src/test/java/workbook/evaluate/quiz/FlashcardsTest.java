package workbook.evaluate.quiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.progress.Progress;
import workbook.check.progress.QuizAnswer;
import workbook.evaluate.exercises.TestWorkbook;

class FlashcardsTest {

    private static final String WATERMARK = "what-is-a-watermark";
    private static final String BOUND = "does-a-watermark-bound-state";
    private static final String KEPT = "where-is-state-kept";

    @TempDir
    private Path home;

    private TestWorkbook desk;

    @BeforeEach
    void open() {
        desk = new TestWorkbook(home);
        desk.write("QA.md", TestWorkbook.QA);
    }

    @Test
    void onTheFirstDayAllIsNewAndInItsOrder() {
        assertThat(asked("2026-01-01"))
                .containsExactly(
                        "What is state?",
                        "What is a watermark?",
                        "Does a watermark bound state?",
                        "Where is state kept?",
                        "How late may a row be?");
        assertThat(deck("2026-01-01").knowledge()).isEqualTo(new QuizProgress(0, 5, 0));
    }

    @Test
    void whatIsDueComesBeforeWhatIsNewAndWhatWasMissedBeforeWhatWasKnown() {
        recalled("2026-01-01T20:00:00Z", WATERMARK, true);
        recalled("2026-01-01T20:01:00Z", KEPT, false);
        recalled("2026-01-01T20:02:00Z", BOUND, true);

        assertThat(asked("2026-01-01"))
                .containsExactly("Where is state kept?", "What is state?", "How late may a row be?");
        assertThat(asked("2026-01-02"))
                .containsExactly(
                        "Where is state kept?",
                        "What is a watermark?",
                        "Does a watermark bound state?",
                        "What is state?",
                        "How late may a row be?");
        assertThat(deck("2026-01-02").knowledge()).isEqualTo(new QuizProgress(2, 5, 3));
    }

    @Test
    void whatIsNotDueYetIsForLater() {
        recalled("2026-01-01T20:00:00Z", KEPT, true);
        recalled("2026-01-02T20:00:00Z", KEPT, true);
        recalled("2026-01-02T20:00:00Z", WATERMARK, true);
        assertThat(deck("2026-01-02").later())
                .extracting(card -> card.question().anchor(), card -> card.due().toString())
                .containsExactly(tuple(WATERMARK, "2026-01-03"), tuple(KEPT, "2026-01-05"));
    }

    @Test
    void levelsAndTopicsNarrowIt() {
        assertThat(deck("2026-01-01").ofLevel(2).knowledge().count()).isEqualTo(2);
        assertThat(deck("2026-01-01").about("watermarks").ofLevel(2).cards())
                .singleElement()
                .satisfies(card -> assertThat(card.question().anchor()).isEqualTo(BOUND));
        assertThatThrownBy(() -> deck("2026-01-01").about("watermarks").ofLevel(3))
                .hasMessage("There is no question of level 3 here. There are levels: 1, 2");
    }

    @Test
    void aQuestionThatIsNoLongerThereIsPassedOver() {
        recalled("2026-01-01T20:00:00Z", "what-was-storm", false);
        assertThat(deck("2026-01-02").knowledge()).isEqualTo(new QuizProgress(0, 5, 0));
    }

    @Test
    void theFilesOfTwoMachinesMayBePutTogether() {
        recalled("2026-01-02T20:00:00Z", WATERMARK, true);
        recalled("2026-01-01T20:00:00Z", WATERMARK, true);
        assertThat(deck("2026-01-04").knowledge())
                .as("known twice, so due on the fifth")
                .isEqualTo(new QuizProgress(1, 5, 0));
        assertThat(deck("2026-01-05").knowledge()).isEqualTo(new QuizProgress(1, 5, 1));
    }

    @Test
    void daysAreThoseOfTheClock() {
        recalled("2026-01-01T23:30:00Z", WATERMARK, true);
        Instant now = Instant.parse("2026-01-02T00:30:00Z");
        assertThat(Flashcards.of(desk.desk(), Clock.fixed(now, ZoneOffset.UTC))
                        .knowledge()
                        .due())
                .isOne();
        assertThat(Flashcards.of(desk.desk(), Clock.fixed(now, ZoneId.of("Asia/Tokyo")))
                        .knowledge()
                        .due())
                .isZero();
    }

    @Test
    void aCorruptedProgressCostsOnlyWhatIsCorrupted() throws IOException {
        recalled("2026-01-01T20:00:00Z", WATERMARK, true);
        Path file = home.resolve(".workbook/progress.jsonl");
        Files.write(file, new byte[] {'{', '"', 0, (byte) 0xFF, '\n', '4', '2', '\n'}, StandardOpenOption.APPEND);
        Files.writeString(file, "{\"time\":\"2026-01-01T20:01:00Z\",\"question\":\"" + KEPT, StandardOpenOption.APPEND);
        recalled("2026-01-01T20:02:00Z", BOUND, false);
        assertThat(deck("2026-01-01").knowledge()).isEqualTo(new QuizProgress(1, 5, 1));
    }

    @Test
    void withoutItsPageItSaysSo() {
        desk.delete("QA.md");
        assertThatThrownBy(() -> deck("2026-01-01"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot read " + home.resolve("QA.md"));
    }

    private void recalled(String time, String question, boolean isKnown) {
        Progress.of(desk.desk()).add(new QuizAnswer(Instant.parse(time), question, isKnown));
    }

    private List<String> asked(String day) {
        return deck(day).toAsk().stream()
                .map(card -> card.question().toString())
                .toList();
    }

    private Flashcards deck(String day) {
        return Flashcards.of(desk.desk(), Clock.fixed(Instant.parse(day + "T21:00:00Z"), ZoneOffset.UTC));
    }
}
