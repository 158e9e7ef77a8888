package workbook.check.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workbook.check.catalog.Exercise;
import workbook.kit.explain.Explanation;

class CheckResultTest {

    private static final Exercise EXERCISE = new Exercise("lesson99.Totals");

    @Test
    void aGuessIsCalledOneAndNotCounted() {
        CheckResult result =
                wrong().with(new Diagnosis("AddsUpDoubles", "A double will do.", "It won't.", "Money", true));
        assertThat(result.misconception()).isEmpty();
        assertThat(result.toString())
                .contains("Perhaps: \"A double will do.\"", "This is a guess", "More: CONCEPTS.md#money")
                .doesNotContain("exactly like code");
        assertThat(CheckResultJson.read(CheckResultJson.of(result))).isEqualTo(result);
    }

    @Test
    void anExactMatchIsClaimed() {
        CheckResult result =
                wrong().with(new Diagnosis("AddsUpDoubles", "A double will do.", "It won't.", "Money", false));
        assertThat(result.misconception()).isEqualTo("AddsUpDoubles");
        assertThat(result.toString()).contains("your code behaves exactly like code with this misconception:");
    }

    @Test
    void refusedQueriesBehaveAlikeIfTheirPlansAreAlike() {
        assertThat(refused("Watermark(time, 30 minutes)").behavesLike(refused("Watermark(time, 30 minutes)")))
                .isTrue();
        assertThat(refused("Watermark(time, 30 minutes)").behavesLike(refused("Aggregate(terminal)")))
                .isFalse();
    }

    @Test
    void aBrokenResultNamesItsStep() {
        assertThat(refused("").toString()).contains("\n  Step: a step\n\n  Hints:");
    }

    private static CheckResult wrong() {
        return CheckResult.wrong(EXERCISE, "a step", "1 came out, not 2");
    }

    private static CheckResult refused(String query) {
        Explanation explanation = new Explanation(
                "Spark refused it.", "", "AnalysisException", "[AnalysisException] no", "Totals.java", "");
        return CheckResult.broken(EXERCISE, "a step", explanation, query);
    }
}
