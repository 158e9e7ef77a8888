package workbook.check.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.check.difference.Batches.row;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule speaks if it holds for all rows that differ, and is silent if one of them is different. */
class DifferenceExplanationTest {

    // batches

    @Test
    void rowsOfALaterBatch() {
        assertThat(totals().out(row("north", 1))
                        .later(List.of(), List.of(row("north", 1)))
                        .texts())
                .containsExactly("The row (north, 1) is emitted too early: expected in batch 3.");
        assertThat(totals().out(row("north", 1), row("south", 2))
                        .later(List.of(), List.of(row("north", 1)))
                        .texts())
                .isEmpty();
    }

    @Test
    void rowsThatAnEarlierBatchHasEmitted() {
        assertThat(totals().expected(row("north", 1)).earlier(row("north", 1)).texts())
                .containsExactly("The row (north, 1) is emitted too early: in batch 1.");
        assertThat(totals().expected(row("north", 4)).earlier(row("north", 1)).texts())
                .containsExactly("The row (north, 4) was emitted too early: in batch 1, as (north, 1).");
        assertThat(totals().expected(row("north", 4)).earlier(row("south", 1)).texts())
                .isEmpty();
    }

    @Test
    void rowsThatComeLater() {
        assertThat(totals().expected(row("north", 1), row("south", 2))
                        .later(List.of(row("south", 2), row("north", 1)), List.of())
                        .texts())
                .containsExactly("The 2 marked rows are emitted too late: in batch 3.");
        assertThat(totals().expected(row("north", 1), row("south", 2))
                        .later(List.of(row("south", 2)), List.of())
                        .texts())
                .isEmpty();
    }

    @Test
    void rowsEmittedAgain() {
        assertThat(totals().out(row("north", 1)).earlier(row("north", 1)).texts())
                .containsExactly("The row (north, 1) is emitted again: already in batch 1.");
        assertThat(totals().out(row("north", 1)).earlier(row("north", 2)).texts())
                .isEmpty();
    }

    @Test
    void rowsTwice() {
        ValueRow north = row("north", 1);
        ValueRow south = row("south", 2);
        assertThat(totals().out(north, south, south, north)
                        .expected(north, south)
                        .texts())
                .containsExactly("Each row is emitted twice.");
        assertThat(totals().out(north, south, south).expected(north, south).texts())
                .contains("The row (south, 2) is emitted twice.");
        assertThat(totals().out(north, south, south, row("east", 3))
                        .expected(north, south)
                        .texts())
                .noneMatch(text -> text.contains("twice"));
    }

    @Test
    void copiesThatAreMissing() {
        ValueRow north = row("north", 1);
        assertThat(totals().out(north).expected(north, north).texts())
                .containsExactly("Of rows that are equal, too few are emitted.");
        assertThat(totals().out(north).expected(north, north, row("south", 1)).texts())
                .noneMatch(text -> text.contains("equal"));
    }

    @Test
    void anotherOrder() {
        ValueRow a = row("a", 1);
        ValueRow b = row("b", 2);
        ValueRow c = row("c", 3);
        assertThat(totals().inOrder().out(c, b, a).expected(a, b, c).texts())
                .containsExactly("The rows are right, but in reverse order.");
        assertThat(totals().inOrder().out(b, a, c).expected(a, b, c).texts())
                .containsExactly("The rows are right, but in another order.");
        assertThat(totals().inOrder().out(b, a).expected(a, b, c).texts()).noneMatch(text -> text.contains("order"));
    }

    @Test
    void severalRowsInsteadOfOne() {
        assertThat(totals().out(row("a", 1), row("b", 2)).expected(row("c", 3)).texts())
                .containsExactly("2 rows are emitted instead of exactly one.");
        assertThat(totals().out(row("a", 1), row("b", 2), row("d", 1))
                        .expected(row("c", 3), row("e", 5))
                        .texts())
                .isEmpty();
    }

    // numbers

    @Test
    void theSign() {
        assertThat(differing(-3, 3)).containsExactly("`total` has the opposite sign.");
        assertThat(differing(-3, 3, 4, 5)).containsExactly("Only `total` differs.");
    }

    @Test
    void aFactor() {
        assertThat(differing(350, 3.5)).containsExactly("`total` is 100 times the expected value.");
        assertThat(differing(0.002, 2)).containsExactly("`total` is the expected value divided by 1000.");
        assertThat(differing(6, 3, 8, 4)).containsExactly("`total` is 2 times the expected value.");
        assertThat(differing(12, 3)).as("may be chance").containsExactly("Only `total` differs.");
        assertThat(differing(6, 3, 8, 4.5)).containsExactly("Only `total` differs.");
    }

    @Test
    void anOffset() {
        assertThat(differing(4, 5)).containsExactly("`total` is 1 less than expected.");
        assertThat(differing(8, 5, 9, 6)).containsExactly("`total` is 3 more than expected.");
        assertThat(differing(8, 5)).as("shown by the table").containsExactly("Only `total` differs.");
        assertThat(differing(8, 5, 9, 7)).containsExactly("Only `total` differs.");
    }

    @Test
    void rounding() {
        assertThat(differing(3.5, 3.461)).containsExactly("`total` is the expected value, rounded to 1 decimal place.");
        assertThat(differing(3, 3.96)).containsExactly("`total` is the expected value, cut to a whole number.");
        assertThat(differing(2.1254, 2.13))
                .containsExactly("`total` is the expected value before it is rounded to 2 decimal places.");
        assertThat(differing(3.5, 3.461, 7, 8)).containsExactly("Only `total` differs.");
        assertThat(differing(3.5, 3.46)).as("may be chance").containsExactly("Only `total` differs.");
        assertThat(differing(0, 0.3)).as("may lack its rows").containsExactly("Only `total` differs.");
    }

    @Test
    void binaryNumbers() {
        assertThat(differing(0.30000000000000004, 0.3))
                .containsExactly("`total` has the rounding error of binary numbers (double).");
        assertThat(differing(0.30000000000000004, 0.3, 5, 6)).containsExactly("Only `total` differs.");
    }

    @Test
    void anOverflow() {
        assertThat(differing(-2147483648L, 2147483648L)).containsExactly("`total` has the opposite sign.");
        assertThat(differing(-2147483647L, 2147483649L)).containsExactly("`total` has overflowed a 32-bit integer.");
        assertThat(differing(-2147483647L, 2147483650L)).containsExactly("Only `total` differs.");
    }

    // other values

    @Test
    void nullAndZero() {
        assertThat(differing(null, 0)).containsExactly("`total` is null instead of 0.");
        assertThat(differing(0, null)).containsExactly("`total` is 0 instead of null.");
        assertThat(differing(null, 4, null, 5)).containsExactly("`total` is null instead of a value.");
        assertThat(differing(null, 4, 3, 5)).containsExactly("Only `total` differs.");
    }

    @Test
    void anotherType() {
        assertThat(differing("5", 5)).containsExactly("`total` is a text, but a number is expected.");
        assertThat(differing("5", 5, 6, 7)).containsExactly("Only `total` differs.");
    }

    @Test
    void timesThatAreCutOrMoved() {
        assertThat(differing("10:00:05", "10:00:05.250")).containsExactly("`total` is cut to whole seconds.");
        assertThat(differing("11:00:00", "10:00:00")).containsExactly("`total` is 1 hour later than expected.");
        assertThat(differing("10:00:00", "15:30:00"))
                .containsExactly("`total` is 5 hours 30 minutes earlier than expected, as in another time zone.");
        assertThat(differing(Instant.parse("2026-01-02T10:00:00Z"), "10:00:00"))
                .containsExactly("`total` is 1 day later than expected.");
        assertThat(differing(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 2)))
                .containsExactly("`total` is 1 day earlier than expected.");
        assertThat(differing("11:00:00", "10:00:00", "13:00:00", "11:00:00")).containsExactly("Only `total` differs.");
    }

    @Test
    void texts() {
        assertThat(differing("North", "north")).containsExactly("`total` differs only in upper and lower case.");
        assertThat(differing(" a", "a")).containsExactly("`total` differs only in blanks at its beginning or end.");
        assertThat(differing("x".repeat(120) + "a", "x".repeat(120) + "b"))
                .containsExactly("`total` differs from character 121 on.");
        assertThat(differing("ab", "ac")).containsExactly("Only `total` differs.");
    }

    // input

    @Test
    void aSumThatLacksARow() {
        Batches sums = totals().in(1, 1, "north", "10:00:00", 2.5)
                .in(2, 2, "north", "10:00:00", 0.01)
                .in(2, 3, "south", "10:00:00", 0.01)
                .out(row("north", 2.5))
                .expected(row("north", 2.51));
        assertThat(sums.texts())
                .containsExactly(
                        "`total` is 0.01 less than expected: the `amount` of the row (2, north, 10:00:00, 0.01)"
                                + " of batch 2.");
        assertThat(sums.in(2, 4, "north", "10:01:00", 0.01).texts())
                .as("one of two rows")
                .containsExactly("Only `total` differs.");
    }

    @Test
    void aSumThatCountsARowTwice() {
        assertThat(totals().in(1, 1, "north", "10:00:00", 2.5)
                        .in(2, 2, "north", "10:00:00", 0.3)
                        .out(row("north", 3.1))
                        .expected(row("north", 2.8))
                        .texts())
                .containsExactly("`total` is 0.3 more than expected: the `amount` of the row (2, north, 10:00:00, 0.3)"
                        + " of batch 2.");
    }

    @Test
    void anotherAggregate() {
        Batches sums = totals().in(1, 1, "north", "10:00:00", 2)
                .in(2, 2, "north", "10:00:00", 7)
                .in(2, 3, "north", "10:00:00", 5);
        assertThat(sums.out(row("north", 7)).expected(row("north", 14)).texts())
                .containsExactly("`total` is the largest `amount`, but the sum of `amount` is expected.");
        assertThat(sums.out(row("north", 12)).texts())
                .contains("`total` is the sum of `amount` in this batch only, but the sum of `amount` is expected.");
        assertThat(sums.out(row("north", 6)).texts()).containsExactly("Only `total` differs.");
    }

    @Test
    void whatMissingRowsHaveInCommon() {
        assertThat(totals().out(row("south", 2))
                        .expected(row(null, 1), row("south", 2))
                        .texts())
                .containsExactly("The missing row has null in `shop`; no other row does.");
        assertThat(totals().out(row("south", 2))
                        .expected(row("a", -1), row("b", -2), row("south", 2))
                        .texts())
                .containsExactly("All 2 missing rows have a negative `total`; no other row does.");
        assertThat(totals().out(row("south", -2))
                        .expected(row("a", -1), row("b", -3), row("south", -2))
                        .texts())
                .as("others have it, too")
                .isEmpty();
        assertThat(totals().out(row("south", 2))
                        .expected(row("a", -1), row("b", 2), row("south", 2))
                        .texts())
                .as("one does not have it")
                .isEmpty();
    }

    @Test
    void whatMissingRowsHaveInCommonIfOthersAreUnexpected() {
        assertThat(totals().out(row("", -1), row("south", 2), row("east", 4))
                        .expected(row("a", -1), row("b", -2), row("south", 2), row("east", 4))
                        .texts())
                .containsExactly("All 2 missing rows have a negative `total`; no other row does.");
    }

    @Test
    void whatUnexpectedRowsHaveInCommon() {
        assertThat(totals().out(row("", 1), row(" ", 3), row("south", 2))
                        .expected(row("south", 2))
                        .texts())
                .contains(
                        "3 rows are emitted instead of exactly one.",
                        "All 2 unexpected rows have a blank `shop`; no other row does.");
        assertThat(totals().out(row("a", 1), row("a", 3), row("b", 2), row("c", 2))
                        .expected(row("b", 2), row("c", 2))
                        .texts())
                .containsExactly("All 2 unexpected rows have a in `shop`; no other row does.");
    }

    @Test
    void whatTheInputOfDifferingRowsHasInCommon() {
        Batches sums = totals().in(1, 1, "north", "10:00:00", 2)
                .in(2, 2, "north", "10:00:00.500", null)
                .in(2, 3, "south", "10:00:00", 5)
                .out(row("south", 5))
                .expected(row("north", 2), row("south", 5));
        assertThat(sums.texts())
                .containsExactly(
                        "The missing row has input with a fraction of a second in `time`;" + " no other row does.");
        assertThat(sums.in(2, 4, "south", "10:00:00.1", null).texts())
                .containsExactly("The missing row has input in several batches; no other row does.");
    }

    // metrics

    @Test
    void aWatermark() {
        assertThat(totals().metric("watermark", Instant.EPOCH, false, Instant.EPOCH.plusSeconds(90))
                        .texts())
                .containsExactly("The watermark is 1 minute 30 seconds later than expected.");
    }

    @Test
    void stateThatGrows() {
        assertThat(totals().metric("state", 1L, true, 1L, 2L, 3L).texts())
                .containsExactly("The state only grows: 1, 2, 3 rows after the batches so far.");
        assertThat(totals().metric("state", 1L, true, 3L, 2L).texts())
                .containsExactly("The output is right, but state is 2, higher than allowed.");
    }

    @Test
    void moreWorkThanAllowed() {
        assertThat(totals().metric("loads", 1L, false, 4L).texts())
                .containsExactly("The output is right, but loads is 4, higher than expected.");
        assertThat(totals().out(row("a", 1)).metric("loads", 1L, false, 4L).texts())
                .isEmpty();
    }

    @Test
    void withoutExpectedRowsOnlyMetricsAreExplained() {
        assertThat(totals().anyOutput(row("a", 1))
                        .metric("state", 1L, false, 0L, 4L)
                        .texts())
                .containsExactly("The state only grows: 0, 4 rows after the batches so far.");
        assertThat(totals().anyOutput(row("a", 1))
                        .metric("loads", 1L, false, 4L)
                        .texts())
                .isEmpty();
    }

    // reduced input

    @Test
    void whatHoldsOnlyForReducedInputIsNotSaid() {
        FailedBatch reduced =
                totals().out(row("north", -3)).expected(row("north", 3)).batch();
        FailedBatch whole = totals().out(row("north", -3), row("south", 4))
                .expected(row("north", 3), row("south", 5))
                .batch();
        assertThat(DifferenceExplanation.of(reduced, reduced))
                .extracting(Remark::text)
                .containsExactly("`total` has the opposite sign.");
        assertThat(DifferenceExplanation.of(reduced, whole))
                .extracting(Remark::text)
                .containsExactly("Only `total` differs.");
    }

    @Test
    void whatRowsHaveInCommonIsReadFromTheWholeInput() {
        FailedBatch reduced = totals().expected(row(null, 3)).batch();
        FailedBatch whole = totals().out(row("south", 4))
                .expected(row(null, 3), row("south", 4))
                .batch();
        assertThat(DifferenceExplanation.of(reduced, whole))
                .extracting(Remark::text)
                .containsExactly("The missing row has null in `shop`; no other row does.");
    }

    private static Batches totals() {
        return Batches.of("shop", "total");
    }

    /** The sentences for rows with these actual and expected totals. */
    private static List<String> differing(Object... actualAndExpected) {
        ValueRow[] out = new ValueRow[actualAndExpected.length / 2];
        ValueRow[] expected = new ValueRow[out.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = row("shop " + i, actualAndExpected[2 * i]);
            expected[i] = row("shop " + i, actualAndExpected[2 * i + 1]);
        }
        return totals().out(out).expected(expected).texts();
    }
}
