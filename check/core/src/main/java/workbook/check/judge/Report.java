package workbook.check.judge;

import org.junit.platform.launcher.TestPlan;
import workbook.check.verdict.Judgement;

/**
 * Prints what came of the checkpoints, as they end: a line for each solved one, the whole story of the others. JUnit
 * finds it by itself, in an IDE as elsewhere.
 */
public final class Report extends CheckpointListener {

    private final Tally tally = new Tally();

    @Override
    void judged(Judgement judgement) {
        tally.tell(judgement);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        tally.tellTotal();
    }
}
