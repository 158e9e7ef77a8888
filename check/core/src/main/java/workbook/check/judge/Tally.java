package workbook.check.judge;

import workbook.check.verdict.Judgement;
import workbook.check.verdict.Verdict;

/** Tells the judgements on the console, one after the other, and counts them. */
public final class Tally {

    private int judged;
    private int solved;

    public void tell(Judgement judgement) {
        judged++;
        solved += judgement.verdict() == Verdict.SOLVED ? 1 : 0;
        System.out.println(judgement);
    }

    /** How many of them are solved, where there was more than one. */
    public void tellTotal() {
        if (judged > 1) {
            System.out.println(solved + " of " + judged + " solved");
        }
    }
}
