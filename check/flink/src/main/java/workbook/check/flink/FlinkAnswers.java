package workbook.check.flink;

import java.util.function.Function;
import org.apache.flink.streaming.api.datastream.DataStream;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Schema;

/** Makes answers for Flink runnable by scripts. */
public final class FlinkAnswers {

    private FlinkAnswers() {}

    /**
     * An answer that is a job on one stream. The stream has neither timestamps nor watermarks.
     *
     * @param input the record of the stream, with a component for each column of the script's input
     * @param columns the components of the answer's records, in their order, as SQL:
     *     {@code "hour TIMESTAMP, revenue DECIMAL(38,2)"}
     */
    public static <T extends Record, R extends Record> RunnableAnswer onFlink(
            Class<T> input, String columns, Function<DataStream<T>, DataStream<R>> answer) {
        Schema output = Schema.of(columns);
        return (script, out) -> {
            Schema schema = script.onlyInput();
            out.accept(output);
            return new FlinkTestDriver<>(answer, new RecordRows<>(input, schema), output);
        };
    }
}
