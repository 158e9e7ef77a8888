package workbook.race;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.race.Measure.HOLDS;
import static workbook.race.Measure.P50;
import static workbook.race.Measure.P99;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {

    @Test
    void theMedianIsThatOfTheRunsThatHaveTheMeasure() {
        Result median = Result.median(List.of(
                run(Map.of(P50, 3.0, P99, 30.0)),
                run(Map.of(P50, 1.0, P99, 50.0, HOLDS, 8_000.0)),
                run(Map.of(P50, 2.0))));
        assertThat(median).isEqualTo(run(Map.of(P50, 2.0, P99, 40.0, HOLDS, 8_000.0)));
    }

    @Test
    void aSpreadNeedsTwoRuns() {
        List<Result> runs =
                List.of(run(Map.of(P50, 3.0)), run(Map.of(P50, 1.0, HOLDS, 8_000.0)), run(Map.of(P50, 2.0)));
        assertThat(Result.lowest(runs)).isEqualTo(run(Map.of(P50, 1.0)));
        assertThat(Result.highest(runs)).isEqualTo(run(Map.of(P50, 3.0)));
    }

    @Test
    void faultsAreAddedAndProblemsStay() {
        Result median = Result.median(List.of(
                new Result(Map.of(), new Faults(1, 0, 2), ""),
                Result.failed("It failed."),
                new Result(Map.of(), new Faults(0, 1, 2), "")));
        assertThat(median.faults()).hasToString("1 wrong, 1 repeated, 4 missing");
        assertThat(median.problem()).isEqualTo("It failed.");
    }

    @Test
    void smallNumbersHaveADigitAfterThePoint() {
        Result result = run(Map.of(P50, 0.84, P99, 34_800.4));
        assertThat(result.text(P50)).isEqualTo("0.8");
        assertThat(result.text(P99)).isEqualTo("34,800");
        assertThat(result.text(HOLDS)).isEqualTo("-");
    }

    private static Result run(Map<Measure, Double> measures) {
        return new Result(measures, Faults.NONE, "");
    }
}
