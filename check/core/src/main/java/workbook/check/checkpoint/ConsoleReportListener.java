package workbook.check.checkpoint;

import org.junit.platform.launcher.TestPlan;
import workbook.check.verdict.CheckResult;

/**
 * Prints what came of the checkpoints, as they end: a line for each solved one, the whole story of the others. JUnit
 * finds it by itself, in an IDE as elsewhere.
 */
public final class ConsoleReportListener extends CheckpointListener {

    private final ConsoleReport report = new ConsoleReport();

    @Override
    void checked(CheckResult result) {
        report.print(result);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        report.printTotal();
    }
}
