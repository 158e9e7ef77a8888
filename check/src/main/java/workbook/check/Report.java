package workbook.check;

import org.junit.platform.launcher.TestPlan;

/**
 * Prints what came of the checkpoints, as they end: a line for each solved one, the whole story of the others. JUnit
 * finds it by itself, in Maven as in an IDE.
 */
public final class Report extends CheckpointListener {

    private int judged;
    private int solved;

    @Override
    void judged(Judgement judgement) {
        judged++;
        solved += judgement.verdict() == Verdict.SOLVED ? 1 : 0;
        System.out.println(judgement);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (judged > 1) {
            System.out.println(solved + " of " + judged + " solved");
        }
    }
}
