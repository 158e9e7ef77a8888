package workbook.evaluate.exercises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintsTest {

    @TempDir
    private Path home;

    private TestWorkbook workbook;
    private Hints hints;

    @BeforeEach
    void open() {
        workbook = new TestWorkbook(home);
        hints = new Hints(workbook.workspace());
    }

    @Test
    void nextShowsOneHintAfterTheOther() {
        assertThat(hints.next(TestWorkbook.REVENUE)).isEqualTo("""
                lesson 05 HourlyRevenue, hint 1 · A nudge

                Think.

                For the next hint: ./jbang hint HourlyRevenue""");
        assertThat(hints.next(TestWorkbook.REVENUE))
                .contains("2 · The idea", "Wait.")
                .doesNotContain("Think.");
        assertThat(hints.next(TestWorkbook.REVENUE))
                .contains("3 · The API", "`withWatermark`", "This is the last hint.");
        assertThat(hints.next(TestWorkbook.REVENUE)).contains("3 · The API");
    }

    @Test
    void everyExerciseHasItsOwnNextHint() {
        hints.next(TestWorkbook.REVENUE);
        assertThat(hints.next(TestWorkbook.TOTALS)).contains("1 · A nudge");
        assertThat(new Hints(workbook.workspace()).next(TestWorkbook.REVENUE)).contains("2 · The idea");
    }

    @Test
    void nextContinuesAfterTheHighestHintShown() {
        assertThat(hints.show(TestWorkbook.REVENUE, 2)).contains("2 · The idea");
        assertThat(hints.show(TestWorkbook.REVENUE, 1)).contains("1 · A nudge");
        assertThat(hints.next(TestWorkbook.REVENUE)).contains("3 · The API");
    }

    @Test
    void allShowsAllHints() {
        assertThat(hints.all(TestWorkbook.REVENUE)).isEqualTo("""
                lesson 05 HourlyRevenue, all hints

                1 · A nudge

                Think.

                2 · The idea

                Wait.

                3 · The API

                `withWatermark`""");
    }

    @Test
    void anUnknownNumberIsRejected() {
        assertThatThrownBy(() -> hints.show(TestWorkbook.REVENUE, 4)).hasMessage("HourlyRevenue has hints 1 to 3.");
        assertThatThrownBy(() -> hints.show(TestWorkbook.REVENUE, 0)).hasMessage("HourlyRevenue has hints 1 to 3.");
    }

    @Test
    void aCorruptFileCountsAsEmpty() {
        hints.next(TestWorkbook.REVENUE);
        workbook.write(".workbook/hints.json", "{\"lesson05.HourlyRev");
        assertThat(hints.next(TestWorkbook.REVENUE)).contains("1 · A nudge");
        assertThat(hints.next(TestWorkbook.REVENUE)).contains("2 · The idea");
    }

    @Test
    void missingHintsAreReported() {
        workbook.delete(TestWorkbook.REVENUE.hint());
        assertThatThrownBy(() -> hints.next(TestWorkbook.REVENUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "There are no hints for HourlyRevenue: exercises/lesson05/hints/HourlyRevenue.md does not exist.");
    }
}
