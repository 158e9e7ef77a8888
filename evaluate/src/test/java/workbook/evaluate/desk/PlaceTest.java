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
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;
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
        assertThat(places())
                .containsExactly(
                        new Place(TestDesk.TOTALS, Mark.NOT_YET),
                        new Place(TestDesk.REVENUE, Mark.NOT_YET),
                        new Place(TestDesk.DUPLICATES, Mark.NOT_YET));
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
        assertThat(Place.openAfter(places(), TestDesk.REVENUE))
                .map(Place::exercise)
                .contains(TestDesk.DUPLICATES);
        assertThat(Place.openAfter(places(), TestDesk.DUPLICATES))
                .map(Place::exercise)
                .contains(TestDesk.TOTALS);
    }

    @Test
    void theNextAfterTheOnlyOneThatIsOpenIsNone() {
        desk.judge(TestDesk.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        desk.judge(TestDesk.DUPLICATES, "class DeduplicatePayments {}", Verdict.SOLVED);
        assertThat(Place.openAfter(places(), TestDesk.REVENUE)).isEmpty();
        assertThat(Place.openAfter(places(), TestDesk.TOTALS))
                .map(Place::exercise)
                .contains(TestDesk.REVENUE);
    }

    /** As they were written when the lessons were no modules yet. */
    @Test
    void verdictsOfAnOlderWorkbookAreReadAndNeedANewLook() {
        desk.write(TestDesk.REVENUE.source(), "class HourlyRevenue {}");
        String source = Hashes.of(desk.desk(), TestDesk.REVENUE).source();
        desk.write(".workbook/progress.jsonl", """
                {"time":"2026-11-20T19:30:11.622475185Z","exercise":"lesson05.HourlyRevenue","verdict":"WRONG",\
                "diagnosis":"TruncatesTheHour","source":"492c21aee81d9a3943e697bf02ba75c44f374039d9215c1f9c8ea97c14eb4e2e",\
                "rules":"a9247e6ae51b763023aef47cdd00a46d71cdbba4551034ed66547aeeb22b7d2e"}
                {"time":"2026-11-20T19:40:00Z","question":"what-is-a-watermark","known":true}
                {"time":"2026-11-20T19:50:00Z","exercise":"lesson05.DeduplicatePayments","gaveUp":true}
                {"time":"2026-11-20T20:11:49.913199488Z","exercise":"lesson05.HourlyRevenue","verdict":"SOLVED",\
                "diagnosis":"","source":"%s","rules":"a9247e6ae51b763023aef47cdd00a46d71cdbba4551034ed66547aeeb22b7d2e"}
                """.formatted(source));

        assertThat(places())
                .containsExactly(
                        new Place(TestDesk.TOTALS, Mark.NOT_YET),
                        new Place(TestDesk.REVENUE, Mark.CHANGED),
                        new Place(TestDesk.DUPLICATES, Mark.NOT_YET));
        Progress.Contents read = Progress.of(desk.desk()).contents();
        assertThat(read.attempts()).extracting(Attempt::verdict).containsExactly(Verdict.WRONG, Verdict.SOLVED);
        assertThat(read.attempts().get(0).diagnosis()).isEqualTo("TruncatesTheHour");
        assertThat(read.giveUps()).hasSize(1);
        assertThat(read.recalls()).hasSize(1);
    }

    private Mark mark() {
        Optional<Place> place = places().stream()
                .filter(each -> each.exercise().equals(TestDesk.REVENUE))
                .findFirst();
        return place.orElseThrow().mark();
    }

    private List<Place> places() {
        return Place.all(desk.desk());
    }
}
