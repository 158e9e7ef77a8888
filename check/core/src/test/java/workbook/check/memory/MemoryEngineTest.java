package workbook.check.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.check.memory.MemoryEngine.onMemory;
import static workbook.check.script.Script.row;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Exercise;
import workbook.check.checkpoint.StepFailure;
import workbook.check.engine.Engines;
import workbook.check.script.Mismatch;
import workbook.check.script.RandomScript;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.CheckResultJson;
import workbook.check.verdict.Verdict;

/** Scripts run, fail and are explained without Spark. */
class MemoryEngineTest {

    private static final Exercise EXERCISE = new Exercise("lesson99.Totals");

    @Test
    void scriptsPassAsOnSpark() {
        SalesScripts.hourly("10:30").run(totals());
        SalesScripts.lateRow(1).run(totals());
        SalesScripts.interrupted().run(totals());
    }

    @Test
    void wrongExpectationsFail() {
        assertThat(catchThrowable(() -> SalesScripts.hourly("10:31").run(totals())))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("watermark  10:30  expected 10:31");
        assertThat(catchThrowable(() -> SalesScripts.lateRow(0).run(totals())))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("dropped    1  expected 0");
    }

    @Test
    void randomScriptsRun() {
        RandomScript.of("n INT")
                .columns("n")
                .batches(3, 5, MemoryEngineTest::number)
                .run(onMemory("n INT", () -> (in, state) -> in.get("rows")), numbers -> numbers);
        Throwable wrong = catchThrowable(() -> RandomScript.of("n INT")
                .columns("n")
                .batches(3, 5, MemoryEngineTest::number)
                .run(onMemory("n INT", () -> (in, state) -> List.of()), numbers -> numbers));
        assertThat(wrong).isInstanceOf(Mismatch.class).hasMessageContaining("reduced from 15 rows to 1");
    }

    @Test
    void exceptionsAreExplainedByTheEnginesRules() {
        Throwable thrown = catchThrowable(() -> Script.of("n INT")
                .columns("n")
                .batch(row(1))
                .emits(row(1))
                .run(onMemory("n INT", () -> (in, state) -> {
                    throw new MemoryEngine.Full(3);
                })));
        CheckResult result = StepFailure.toResult(EXERCISE, "a step", thrown);
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.toString())
                .contains("the memory holds no more than 3 rows.", "Drop what is not needed.", "[FULL] 3 rows");
    }

    @Test
    void anExceptionAfterAMismatchIsSuppressed() {
        Throwable thrown = catchThrowable(() -> Script.of("n INT")
                .columns("n")
                .batch(row(1))
                .emits(row(2))
                .batch(row(7))
                .emits(row(7))
                .run(onMemory("n INT", () -> (in, state) -> {
                    if (in.get("in").contains(row(7))) {
                        throw new MemoryEngine.Full(7);
                    }
                    return in.get("in");
                })));
        assertThat(thrown).isInstanceOf(Mismatch.class).hasMessageContaining("1  <- not expected");
        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(MemoryEngine.Full.class);
        CheckResult result = StepFailure.toResult(EXERCISE, "a step", thrown);
        assertThat(result.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(result.explanation().error()).isEqualTo("FULL");
    }

    @Test
    void aResultIsReadFromItsJson() {
        CheckResult result = StepFailure.toResult(
                EXERCISE,
                "a late row is dropped",
                catchThrowable(() -> SalesScripts.lateRow(0).run(totals())));
        assertThat(CheckResultJson.read(CheckResultJson.of(result))).isEqualTo(result);
    }

    @Test
    void aCheckpointNeedsTheEnginesThatItRefersTo() {
        assertThat(Engines.of(MemoryEngineTest.class)).hasSize(1).allMatch(MemoryEngine.class::isInstance);
        assertThat(Engines.of(SalesScripts.class))
                .as("refers to its own package")
                .hasSize(1);
        assertThat(Engines.of(Script.class)).isEmpty();
    }

    private static RunnableAnswer totals() {
        return onMemory(SalesScripts.TOTALS, HourlyTotals::new);
    }

    private static ScriptRow number(Random random, int batch) {
        return row(random.nextInt(100));
    }
}
