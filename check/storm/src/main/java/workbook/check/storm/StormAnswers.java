package workbook.check.storm;

import java.util.function.Supplier;
import org.apache.storm.topology.IRichBolt;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Schema;

/**
 * Makes answers for Storm runnable by scripts. A row of a script is a tuple: its fields are the columns, and before them
 * {@code offset}, a Long that numbers the rows.
 */
public final class StormAnswers {

    private StormAnswers() {}

    /**
     * An answer that is a bolt.
     *
     * @param columns the fields of the answer's tuples, as SQL: {@code "hour TIMESTAMP, revenue DECIMAL(38,2)"}
     */
    public static RunnableAnswer onStorm(String columns, Supplier<IRichBolt> answer) {
        return onStorm(TestSpout.patient(), columns, answer);
    }

    /** As {@link #onStorm(String, Supplier)}, with a spout that the script can ask for its pending tuples. */
    public static RunnableAnswer onStorm(TestSpout spout, String columns, Supplier<IRichBolt> answer) {
        Schema output = Schema.of(columns);
        return (script, out) -> {
            Schema input = script.onlyInput();
            out.accept(output);
            return new StormTestDriver(spout, answer, input, output);
        };
    }
}
