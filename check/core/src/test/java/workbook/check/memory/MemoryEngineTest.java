package workbook.check.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.check.memory.MemoryEngine.onMemory;
import static workbook.check.script.Script.row;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Exercise;
import workbook.check.engine.Engines;
import workbook.check.judge.Judging;
import workbook.check.script.Mismatch;
import workbook.check.script.Playable;
import workbook.check.script.Script;
import workbook.check.script.Stories;
import workbook.check.script.StoryRow;
import workbook.check.verdict.Judgement;
import workbook.check.verdict.Verdict;
import workbook.check.verdict.VerdictJson;

/** Stories are played, refused and explained without Spark. */
class MemoryEngineTest {

    private static final Exercise EXERCISE = new Exercise("lesson99.Totals");

    @Test
    void aStoryThatAnotherEngineHoldsIsHeldHere() {
        SalesStories.hourly("10:30").play(totals());
        SalesStories.lateRow(1).play(totals());
        SalesStories.interrupted().play(totals());
    }

    @Test
    void whatIsToldWrongIsNoticedHere() {
        assertThat(catchThrowable(() -> SalesStories.hourly("10:31").play(totals())))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("watermark  10:30  expected 10:31");
        assertThat(catchThrowable(() -> SalesStories.lateRow(0).play(totals())))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("dropped    1  expected 0");
    }

    @Test
    void randomStoriesArePlayed() {
        Stories.of("n INT")
                .columns("n")
                .batches(3, 5, MemoryEngineTest::number)
                .play(onMemory("n INT", () -> (in, state) -> in.get("rows")), numbers -> numbers);
        Throwable wrong = catchThrowable(() -> Stories.of("n INT")
                .columns("n")
                .batches(3, 5, MemoryEngineTest::number)
                .play(onMemory("n INT", () -> (in, state) -> List.of()), numbers -> numbers));
        assertThat(wrong).isInstanceOf(Mismatch.class).hasMessageContaining("of 15 rows, 1 suffice to go wrong");
    }

    @Test
    void anExceptionIsExplainedInTheEnginesPhrases() {
        Throwable thrown = catchThrowable(() -> Script.of("n INT")
                .columns("n")
                .batch(row(1))
                .emits(row(1))
                .play(onMemory("n INT", () -> (in, state) -> {
                    throw new MemoryEngine.Full(3);
                })));
        Judgement judgement = Judging.of(EXERCISE, "a step", thrown);
        assertThat(judgement.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(judgement.toString())
                .contains("the memory holds no more than 3 rows.", "Drop what is not needed.", "[FULL] 3 rows");
    }

    @Test
    void whatIsThrownAfterARowThatWasWrongGoesWithIt() {
        Throwable thrown = catchThrowable(() -> Script.of("n INT")
                .columns("n")
                .batch(row(1))
                .emits(row(2))
                .batch(row(7))
                .emits(row(7))
                .play(onMemory("n INT", () -> (in, state) -> {
                    if (in.get("in").contains(row(7))) {
                        throw new MemoryEngine.Full(7);
                    }
                    return in.get("in");
                })));
        assertThat(thrown).isInstanceOf(Mismatch.class).hasMessageContaining("1  <- not expected");
        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(MemoryEngine.Full.class);
        Judgement judgement = Judging.of(EXERCISE, "a step", thrown);
        assertThat(judgement.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(judgement.explanation().error()).isEqualTo("FULL");
    }

    @Test
    void aJudgementIsReadAgainFromItsJson() {
        Judgement judgement = Judging.of(
                EXERCISE,
                "a late row is dropped",
                catchThrowable(() -> SalesStories.lateRow(0).play(totals())));
        assertThat(VerdictJson.read(VerdictJson.of(judgement))).isEqualTo(judgement);
    }

    @Test
    void aCheckpointNeedsTheEnginesThatItNames() {
        assertThat(Engines.of(MemoryEngineTest.class)).hasSize(1).allMatch(MemoryEngine.class::isInstance);
        assertThat(Engines.of(SalesStories.class))
                .as("names the package it is in")
                .hasSize(1);
        assertThat(Engines.of(Script.class)).isEmpty();
    }

    private static Playable totals() {
        return onMemory(SalesStories.TOTALS, HourlyTotals::new);
    }

    private static StoryRow number(Random random, int batch) {
        return row(random.nextInt(100));
    }
}
