package workbook.check.checkpoint;

import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/** Prints results to the console and counts them. */
public final class ConsoleReport {

    private int checked;
    private int solved;

    public void print(CheckResult result) {
        checked++;
        solved += result.verdict() == Verdict.SOLVED ? 1 : 0;
        System.out.println(result);
    }

    /** Prints how many are solved, if there was more than one result. */
    public void printTotal() {
        if (checked > 1) {
            System.out.println(solved + " of " + checked + " solved");
        }
    }
}
