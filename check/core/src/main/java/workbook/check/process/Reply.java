package workbook.check.process;

import workbook.check.verdict.CheckResult;
import workbook.kit.explain.Causes;

/**
 * A {@link Worker}'s reply to a {@link Request}.
 *
 * @param result null if the checkpoint itself failed
 * @param failure why the checkpoint itself failed; else empty
 * @param hasMore whether the diagnosis is still running: another reply follows, with the same verdict
 * @param endsWorker whether the worker cannot be used again: the code is still running, or has exited the JVM
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

    /** The run was interrupted. */
    static Reply interrupted(CheckResult result) {
        return new Reply(result, "", false, true);
    }

    /** This reply, with another one to follow. */
    Reply andMore() {
        return new Reply(result, failure, true, false);
    }

    /** This reply, after which the worker cannot be used again. */
    Reply last() {
        return new Reply(result, failure, false, true);
    }
}
