package workbook.check.checkpoint;

import workbook.check.catalog.Exercise;

/** What a checkpoint class says of itself. */
public final class Checkpoints {

    private Checkpoints() {}

    /** The class that a checkpoint class judges, as it is on its class path. */
    public static Class<?> answerClass(Class<?> checkpoint) {
        return checkpoint.getAnnotation(Checkpoint.class).value();
    }

    /** The exercise that a checkpoint class judges. */
    public static Exercise exercise(Class<?> checkpoint) {
        return new Exercise(answerClass(checkpoint).getName());
    }
}
