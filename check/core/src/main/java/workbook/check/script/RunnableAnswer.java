package workbook.check.script;

/**
 * An answer as a script is played to it: makes the driver. Each engine has its own, such as {@code SparkAnswers.onSpark} in
 * {@code check/spark}; a {@link Job} needs none.
 */
@FunctionalInterface
public interface RunnableAnswer {

    /**
     * A driver for a script, not started yet.
     *
     * @param columns to be told which columns the answer puts out, as soon as that is known
     */
    TestDriver driver(ScriptSpec script, OutputColumns columns);
}
