package workbook.check.checkpoint;

import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/** Tells the results on the console, one after the other, and counts them. */
public final class ConsoleReport {

    private int judged;
    private int solved;

    public void print(CheckResult result) {
        judged++;
        solved += result.verdict() == Verdict.SOLVED ? 1 : 0;
        System.out.println(result);
    }

    /** How many of them are solved, where there was more than one. */
    public void printTotal() {
        if (judged > 1) {
            System.out.println(solved + " of " + judged + " solved");
        }
    }
}
