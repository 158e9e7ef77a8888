package workbook.check;

/**
 * What a {@link Worker} answers.
 *
 * @param verdict null where the checkpoint itself failed
 * @param reason as in {@link Judgement}
 * @param diagnosis as in {@link Judgement}
 * @param goesOn whether the mistake's name is still looked for: another answer follows, with the same verdict
 * @param isLast whether the worker cannot go on: the code still runs, or has ended the JVM
 */
record Answer(Verdict verdict, String reason, String diagnosis, boolean goesOn, boolean isLast) {

    static Answer of(Judgement judgement) {
        return new Answer(judgement.verdict(), judgement.reason(), judgement.diagnosis(), false, false);
    }

    /** The checkpoint itself failed, which is none of the learner's business. */
    static Answer failed(Throwable thrown) {
        return new Answer(null, String.join(": ", Causes.of(thrown).stream().map(Throwable::toString).toList()), "",
                false, false);
    }

    /** The code was cut short. */
    static Answer cut(String reason) {
        return new Answer(Verdict.BROKEN, reason, "", false, true);
    }

    /** This, and more to come. */
    Answer andMore() {
        return new Answer(verdict, reason, diagnosis, true, false);
    }

    /** This, and the worker is lost. */
    Answer last() {
        return new Answer(verdict, reason, diagnosis, false, true);
    }

    Judgement on(Exercise exercise) {
        return new Judgement(exercise, verdict, reason, diagnosis);
    }
}
