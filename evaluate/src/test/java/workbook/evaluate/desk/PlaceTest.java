package workbook.evaluate.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workbook.check.verdict.Verdict;

class PlaceTest {

    @TempDir
    private Path home;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk(home);
    }

    @Test
    void nothingIsSolvedAtFirst() {
        assertThat(places()).containsExactly(new Place(TestDesk.TOTALS, Mark.NOT_YET),
                new Place(TestDesk.REVENUE, Mark.NOT_YET), new Place(TestDesk.DUPLICATES, Mark.NOT_YET));
    }

    @ParameterizedTest
    @CsvSource({"SOLVED, SOLVED", "WRONG, WRONG", "BROKEN, BROKEN", "UNSOLVED, NOT_YET"})
    void theVerdictOnTheFileCounts(Verdict verdict, Mark mark) {
        desk.judge(TestDesk.REVENUE, "class HourlyRevenue {}", verdict);
        assertThat(mark()).isEqualTo(mark);
    }

    @Test
    void aVerdictOnAnotherTextIsNoneOnThisOne() {
        desk.judge(TestDesk.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.write(TestDesk.REVENUE.source(), "class HourlyRevenue { int more; }");
        assertThat(mark()).isEqualTo(Mark.CHANGED);
    }

    @Test
    void aVerdictByOtherRulesIsNoneByThese() {
        desk.judge(TestDesk.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.write(TestDesk.REVENUE.checkpoint(), "class Checkpoint { int more; }");
        assertThat(mark()).isEqualTo(Mark.CHANGED);
    }

    @Test
    void aStarterThatIsBackIsNotYetSolved() {
        desk.judge(TestDesk.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.write(TestDesk.REVENUE.source(), TestDesk.starter(TestDesk.REVENUE));
        assertThat(mark()).isEqualTo(Mark.NOT_YET);
    }

    @Test
    void theFileMayBeMissing() {
        desk.judge(TestDesk.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.delete(TestDesk.REVENUE.source());
        assertThat(mark()).isEqualTo(Mark.MISSING);
    }

    @Test
    void theNextIsTheFirstThatIsOpen() {
        desk.judge(TestDesk.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        assertThat(Place.firstOpen(places())).map(Place::exercise).contains(TestDesk.REVENUE);
        assertThat(Place.solved(places())).isEqualTo(1);
    }

    @Test
    void theNextAfterTheLastIsTheFirstAgain() {
        assertThat(Place.openAfter(places(), TestDesk.REVENUE)).map(Place::exercise).contains(TestDesk.DUPLICATES);
        assertThat(Place.openAfter(places(), TestDesk.DUPLICATES)).map(Place::exercise).contains(TestDesk.TOTALS);
    }

    @Test
    void theNextAfterTheOnlyOneThatIsOpenIsNone() {
        desk.judge(TestDesk.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        desk.judge(TestDesk.DUPLICATES, "class DeduplicatePayments {}", Verdict.SOLVED);
        assertThat(Place.openAfter(places(), TestDesk.REVENUE)).isEmpty();
        assertThat(Place.openAfter(places(), TestDesk.TOTALS)).map(Place::exercise).contains(TestDesk.REVENUE);
    }

    private Mark mark() {
        Optional<Place> place = places().stream().filter(each -> each.exercise().equals(TestDesk.REVENUE)).findFirst();
        return place.orElseThrow().mark();
    }

    private List<Place> places() {
        return Place.all(desk.desk());
    }
}
