package workbook.evaluate.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintsTest {

    @TempDir
    private Path home;

    private TestDesk desk;
    private Hints hints;

    @BeforeEach
    void open() {
        desk = new TestDesk(home);
        hints = new Hints(desk.desk());
    }

    @Test
    void oneHintFollowsTheOther() {
        assertThat(hints.next(TestDesk.REVENUE)).isEqualTo("""
                lesson 05 HourlyRevenue, hint 1 · A nudge

                Think.

                Try again. If you need it, there is one more: ./jbang hint HourlyRevenue""");
        assertThat(hints.next(TestDesk.REVENUE))
                .contains("2 · The idea", "Wait.")
                .doesNotContain("Think.");
        assertThat(hints.next(TestDesk.REVENUE)).contains("3 · The API", "`withWatermark`", "That was the last one.");
        assertThat(hints.next(TestDesk.REVENUE)).contains("3 · The API");
    }

    @Test
    void everyExerciseHasItsOwnPlace() {
        hints.next(TestDesk.REVENUE);
        assertThat(hints.next(TestDesk.TOTALS)).contains("1 · A nudge");
        assertThat(new Hints(desk.desk()).next(TestDesk.REVENUE)).contains("2 · The idea");
    }

    @Test
    void whoAsksForOneGoesOnFromThere() {
        assertThat(hints.show(TestDesk.REVENUE, 2)).contains("2 · The idea");
        assertThat(hints.show(TestDesk.REVENUE, 1)).contains("1 · A nudge");
        assertThat(hints.next(TestDesk.REVENUE)).contains("3 · The API");
    }

    @Test
    void allAreShownTogether() {
        assertThat(hints.all(TestDesk.REVENUE)).isEqualTo("""
                lesson 05 HourlyRevenue, all hints

                1 · A nudge

                Think.

                2 · The idea

                Wait.

                3 · The API

                `withWatermark`""");
    }

    @Test
    void thereIsNoFourth() {
        assertThatThrownBy(() -> hints.show(TestDesk.REVENUE, 4)).hasMessage("HourlyRevenue has the hints 1 to 3.");
        assertThatThrownBy(() -> hints.show(TestDesk.REVENUE, 0)).hasMessage("HourlyRevenue has the hints 1 to 3.");
    }

    @Test
    void aSpoiltMemoryBeginsAnew() {
        hints.next(TestDesk.REVENUE);
        desk.write(".workbook/hints.json", "{\"lesson05.HourlyRev");
        assertThat(hints.next(TestDesk.REVENUE)).contains("1 · A nudge");
        assertThat(hints.next(TestDesk.REVENUE)).contains("2 · The idea");
    }

    @Test
    void anExerciseMayHaveNone() {
        desk.delete(TestDesk.REVENUE.hint());
        assertThatThrownBy(() -> hints.next(TestDesk.REVENUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "There are no hints for HourlyRevenue: exercises/lesson05/hints/HourlyRevenue.md is not there.");
    }
}
