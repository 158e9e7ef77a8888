package workbook.check.process;

import workbook.check.verdict.CheckResult;
import workbook.kit.explain.Causes;

/**
 * A {@link Worker}'s reply to a {@link Request}.
 *
 * @param result null if the checkpoint itself failed, or only a step has passed
 * @param failure why the checkpoint itself failed; else empty
 * @param passed the name of the step that has passed; empty if the reply has a verdict or a failure
 * @param hasMore whether another reply follows: the checkpoint is still running, or the diagnosis, with the same verdict
 * @param endsWorker whether the worker cannot be used again: the code is still running, or has exited the JVM
 */
record Reply(CheckResult result, String failure, String passed, boolean hasMore, boolean endsWorker) {

    /** A step has passed, and the next one runs. */
    static Reply passed(String step) {
        return new Reply(null, "", step, true, false);
    }

    static Reply of(CheckResult result) {
        return new Reply(result, "", "", false, false);
    }

    /** The checkpoint itself failed. */
    static Reply failed(Throwable thrown) {
        return new Reply(
                null,
                String.join(
                        ": ",
                        Causes.of(thrown).stream().map(Throwable::toString).toList()),
                "",
                false,
                false);
    }

    /** The run was interrupted. */
    static Reply interrupted(CheckResult result) {
        return new Reply(result, "", "", false, true);
    }

    /** Whether only a step has passed. */
    boolean isOfAStep() {
        return !passed.isEmpty();
    }

    /** This reply, with another one to follow. */
    Reply andMore() {
        return new Reply(result, failure, passed, true, false);
    }

    /** This reply, after which the worker cannot be used again. */
    Reply last() {
        return new Reply(result, failure, passed, false, true);
    }
}
