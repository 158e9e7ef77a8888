package workbook.evaluate.month;

import workbook.check.catalog.Exercise;
import workbook.check.verdict.CheckResult;

/** Judges answers, one at a time, and records nothing. */
public interface ExerciseChecker extends AutoCloseable {

    /** The verdict on the learner's file as it is now. Whatever is wrong with the answer is said by the verdict. */
    CheckResult judge(Exercise exercise);

    /** Lets go of what judging needed. */
    @Override
    void close();
}
