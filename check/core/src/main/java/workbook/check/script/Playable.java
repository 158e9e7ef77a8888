package workbook.check.script;

/**
 * An answer as a story is played to it: makes the stage. Each engine has its own, such as {@code OnSpark.onSpark} in
 * {@code check/spark}; a {@link Job} needs none.
 */
@FunctionalInterface
public interface Playable {

    /**
     * A stage for a story, not started yet.
     *
     * @param columns to be told which columns the answer puts out, as soon as that is known
     */
    EngineStage on(Story story, Columns columns);
}
