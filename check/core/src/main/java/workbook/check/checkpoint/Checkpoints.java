package workbook.check.checkpoint;

import workbook.check.catalog.Exercise;

/** Reads the annotation of a checkpoint class. */
public final class Checkpoints {

    private Checkpoints() {}

    /** The class that a checkpoint checks, from the checkpoint's class loader. */
    public static Class<?> answerClass(Class<?> checkpoint) {
        return checkpoint.getAnnotation(Checkpoint.class).value();
    }

    /** The exercise that a checkpoint checks. */
    public static Exercise exercise(Class<?> checkpoint) {
        return new Exercise(answerClass(checkpoint).getName());
    }
}
