package workbook.check.checkpoint;

/** Receives the steps of a checkpoint while it runs. */
public interface StepListener {

    /** A listener that does nothing. */
    StepListener NONE = new StepListener() {};

    /** A step starts; {@code step} is its name. */
    default void started(String step) {}

    /** A step has passed. */
    default void passed(String step) {}
}
