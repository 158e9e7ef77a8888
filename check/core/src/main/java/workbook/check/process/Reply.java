package workbook.check.process;

import workbook.check.explain.Causes;
import workbook.check.verdict.CheckResult;

/**
 * What a {@link Worker} replies to a {@link Request}.
 *
 * @param result null where the checkpoint itself failed
 * @param failure why the checkpoint itself failed, which is none of the learner's business; else empty
 * @param hasMore whether the mistake's name is still looked for: another reply follows, with the same verdict
 * @param endsWorker whether the worker cannot go on: the code still runs, or has ended the JVM
 */
record Reply(CheckResult result, String failure, boolean hasMore, boolean endsWorker) {

    static Reply of(CheckResult result) {
        return new Reply(result, "", false, false);
    }

    /** The checkpoint itself failed. */
    static Reply failed(Throwable thrown) {
        return new Reply(
                null,
                String.join(
                        ": ",
                        Causes.of(thrown).stream().map(Throwable::toString).toList()),
                false,
                false);
    }

    /** The code was cut short. */
    static Reply interrupted(CheckResult result) {
        return new Reply(result, "", false, true);
    }

    /** This, and more to come. */
    Reply andMore() {
        return new Reply(result, failure, true, false);
    }

    /** This, and the worker is lost. */
    Reply last() {
        return new Reply(result, failure, false, true);
    }
}
