package workbook.check.process;

import workbook.check.explain.Causes;
import workbook.check.verdict.Judgement;

/**
 * What a {@link Worker} replies to a {@link Request}.
 *
 * @param judgement null where the checkpoint itself failed
 * @param failure why the checkpoint itself failed, which is none of the learner's business; else empty
 * @param goesOn whether the mistake's name is still looked for: another reply follows, with the same verdict
 * @param isLast whether the worker cannot go on: the code still runs, or has ended the JVM
 */
record Reply(Judgement judgement, String failure, boolean goesOn, boolean isLast) {

    static Reply of(Judgement judgement) {
        return new Reply(judgement, "", false, false);
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
    static Reply cut(Judgement judgement) {
        return new Reply(judgement, "", false, true);
    }

    /** This, and more to come. */
    Reply andMore() {
        return new Reply(judgement, failure, true, false);
    }

    /** This, and the worker is lost. */
    Reply last() {
        return new Reply(judgement, failure, false, true);
    }
}
