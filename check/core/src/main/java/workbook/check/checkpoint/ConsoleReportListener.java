package workbook.check.checkpoint;

import org.junit.platform.launcher.TestPlan;
import workbook.check.verdict.CheckResult;

/**
 * Prints the result of each checkpoint when it ends: a line if it is solved, else all details. JUnit finds this listener
 * by ServiceLoader, also in an IDE.
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
