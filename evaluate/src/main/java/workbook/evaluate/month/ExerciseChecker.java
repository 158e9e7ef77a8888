package workbook.evaluate.month;

import workbook.check.catalog.Exercise;
import workbook.check.verdict.CheckResult;

/** Checks answers, one at a time. It does not record the verdicts. */
public interface ExerciseChecker extends AutoCloseable {

    /** Checks the current content of the learner's file. Any error of the answer is part of the result. */
    CheckResult check(Exercise exercise);

    /** Releases all resources. */
    @Override
    void close();
}
