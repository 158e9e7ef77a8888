package workbook.check.checkpoint;

import java.util.List;
import java.util.stream.Stream;
import workbook.check.Unsolved;
import workbook.check.catalog.Exercise;
import workbook.check.script.Mismatch;
import workbook.check.script.RefusedQuery;
import workbook.check.verdict.CheckResult;
import workbook.kit.explain.Causes;
import workbook.kit.explain.Explanation;

/** Converts an exception from a step to the result of the check. */
public final class StepFailure {

    private StepFailure() {}

    /** The result; an {@link Unsolved} among the causes counts, because engines wrap the exceptions of a query. */
    public static CheckResult toResult(Exercise exercise, String step, Throwable thrown) {
        List<Throwable> causes = Causes.of(thrown);
        if (causes.stream().anyMatch(Unsolved.class::isInstance)) {
            return CheckResult.unsolved(exercise, step);
        }
        if (thrown instanceof Mismatch mismatch) {
            return CheckResult.wrong(exercise, step, mismatch.difference(), thrownAfter(exercise, mismatch));
        }
        return thrown instanceof AssertionError
                ? CheckResult.wrong(exercise, step, String.valueOf(thrown.getMessage()))
                : CheckResult.broken(exercise, step, Causes.explain(exercise.code(), thrown), RefusedQuery.of(thrown));
    }

    private static Explanation thrownAfter(Exercise exercise, Mismatch mismatch) {
        return Stream.of(mismatch.getSuppressed())
                .findFirst()
                .map(suppressed -> Causes.explain(exercise.code(), suppressed))
                .orElse(null);
    }
}
