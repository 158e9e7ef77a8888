package workbook.check.script;

/**
 * An answer that a script can run: creates the {@link TestDriver}. Each engine provides implementations, such as
 * {@code SparkAnswers.onSpark} in {@code check/spark}; a {@link Job} needs none.
 */
@FunctionalInterface
public interface RunnableAnswer {

    /**
     * Creates a test driver, which is not started yet.
     *
     * @param columns receives the columns of the answer's output as soon as they are known
     */
    TestDriver driver(ScriptSpec script, OutputColumns columns);
}
