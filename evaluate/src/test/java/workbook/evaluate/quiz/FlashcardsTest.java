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
    private static final String STORED = "where-is-state-kept";

    @TempDir
    private Path home;

    private TestWorkbook workbook;

    @BeforeEach
    void open() {
        workbook = new TestWorkbook(home);
        workbook.write("QA.md", TestWorkbook.QA);
    }

    @Test
    void onTheFirstDayAllQuestionsAreNewAndInOrder() {
        assertThat(asked("2026-01-01"))
                .containsExactly(
                        "What is state?",
                        "What is a watermark?",
                        "Does a watermark bound state?",
                        "Where is state kept?",
                        "How late may a row be?");
        assertThat(cards("2026-01-01").progress()).isEqualTo(new QuizProgress(0, 5, 0));
    }

    @Test
    void dueQuestionsComeBeforeNewOnesAndMissedBeforeKnown() {
        answer("2026-01-01T20:00:00Z", WATERMARK, true);
        answer("2026-01-01T20:01:00Z", STORED, false);
        answer("2026-01-01T20:02:00Z", BOUND, true);

        assertThat(asked("2026-01-01"))
                .containsExactly("Where is state kept?", "What is state?", "How late may a row be?");
        assertThat(asked("2026-01-02"))
                .containsExactly(
                        "Where is state kept?",
                        "What is a watermark?",
                        "Does a watermark bound state?",
                        "What is state?",
                        "How late may a row be?");
        assertThat(cards("2026-01-02").progress()).isEqualTo(new QuizProgress(2, 5, 3));
    }

    @Test
    void questionsThatAreNotDueAreLater() {
        answer("2026-01-01T20:00:00Z", STORED, true);
        answer("2026-01-02T20:00:00Z", STORED, true);
        answer("2026-01-02T20:00:00Z", WATERMARK, true);
        assertThat(cards("2026-01-02").later())
                .extracting(card -> card.question().anchor(), card -> card.due().toString())
                .containsExactly(tuple(WATERMARK, "2026-01-03"), tuple(STORED, "2026-01-05"));
    }

    @Test
    void questionsCanBeSelectedByLevelAndSubject() {
        assertThat(cards("2026-01-01").ofLevel(2).progress().count()).isEqualTo(2);
        assertThat(cards("2026-01-01").on("watermarks").ofLevel(2).cards())
                .singleElement()
                .satisfies(card -> assertThat(card.question().anchor()).isEqualTo(BOUND));
        assertThatThrownBy(() -> cards("2026-01-01").on("watermarks").ofLevel(3))
                .hasMessage("There are no questions of level 3. Levels: 1, 2");
    }

    @Test
    void answersToRemovedQuestionsAreIgnored() {
        answer("2026-01-01T20:00:00Z", "what-was-storm", false);
        assertThat(cards("2026-01-02").progress()).isEqualTo(new QuizProgress(0, 5, 0));
    }

    @Test
    void theFilesOfTwoMachinesCanBeMerged() {
        answer("2026-01-02T20:00:00Z", WATERMARK, true);
        answer("2026-01-01T20:00:00Z", WATERMARK, true);
        assertThat(cards("2026-01-04").progress())
                .as("known twice, so due on the fifth")
                .isEqualTo(new QuizProgress(1, 5, 0));
        assertThat(cards("2026-01-05").progress()).isEqualTo(new QuizProgress(1, 5, 1));
    }

    @Test
    void daysAreInTheTimeZoneOfTheClock() {
        answer("2026-01-01T23:30:00Z", WATERMARK, true);
        Instant now = Instant.parse("2026-01-02T00:30:00Z");
        assertThat(Flashcards.of(workbook.workspace(), Clock.fixed(now, ZoneOffset.UTC))
                        .progress()
                        .due())
                .isOne();
        assertThat(Flashcards.of(workbook.workspace(), Clock.fixed(now, ZoneId.of("Asia/Tokyo")))
                        .progress()
                        .due())
                .isZero();
    }

    @Test
    void onlyCorruptLinesOfTheProgressAreLost() throws IOException {
        answer("2026-01-01T20:00:00Z", WATERMARK, true);
        Path file = home.resolve(".workbook/progress.jsonl");
        Files.write(file, new byte[] {'{', '"', 0, (byte) 0xFF, '\n', '4', '2', '\n'}, StandardOpenOption.APPEND);
        Files.writeString(
                file, "{\"time\":\"2026-01-01T20:01:00Z\",\"question\":\"" + STORED, StandardOpenOption.APPEND);
        answer("2026-01-01T20:02:00Z", BOUND, false);
        assertThat(cards("2026-01-01").progress()).isEqualTo(new QuizProgress(1, 5, 1));
    }

    @Test
    void aMissingPageIsReported() {
        workbook.delete("QA.md");
        assertThatThrownBy(() -> cards("2026-01-01"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot read " + home.resolve("QA.md"));
    }

    private void answer(String time, String question, boolean isKnown) {
        Progress.of(workbook.workspace()).add(new QuizAnswer(Instant.parse(time), question, isKnown));
    }

    private List<String> asked(String day) {
        return cards(day).toAsk().stream()
                .map(card -> card.question().toString())
                .toList();
    }

    private Flashcards cards(String day) {
        return Flashcards.of(workbook.workspace(), Clock.fixed(Instant.parse(day + "T21:00:00Z"), ZoneOffset.UTC));
    }
}
