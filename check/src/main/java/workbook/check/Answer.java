package workbook.check;

/**
 * What a {@link Worker} answers.
 *
 * @param verdict null where the checkpoint itself failed
 * @param reason as in {@link Judgement}
 * @param diagnosis as in {@link Judgement}
 * @param isLast whether the worker cannot go on: the code still runs, or has ended the JVM
 */
record Answer(Verdict verdict, String reason, String diagnosis, boolean isLast) {

    static Answer of(Judgement judgement) {
        return new Answer(judgement.verdict(), judgement.reason(), judgement.diagnosis(), false);
    }

    /** The checkpoint itself failed, which is none of the learner's business. */
    static Answer failed(Throwable thrown) {
        return new Answer(null, String.join(": ", Causes.of(thrown).stream().map(Throwable::toString).toList()), "",
                false);
    }

    /** The code was cut short. */
    static Answer cut(String reason) {
        return new Answer(Verdict.BROKEN, reason, "", true);
    }
}
