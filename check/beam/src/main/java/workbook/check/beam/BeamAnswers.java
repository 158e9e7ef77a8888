package workbook.check.beam;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Schema;
import workbook.check.script.ScriptRow;

/** Makes answers for Beam runnable by scripts. */
public final class BeamAnswers {

    private BeamAnswers() {}

    /**
     * The source of an answer's input.
     *
     * @param coder writes the elements
     * @param element makes an element of a row
     * @param time the element's timestamp
     * @param bound how far the watermark is behind the newest timestamp
     */
    public record Source<T>(
            Coder<T> coder, Function<ScriptRow, T> element, Function<T, Instant> time, Supplier<Duration> bound) {}

    /**
     * An answer that is a pipeline on one collection.
     *
     * @param coder writes the answer's records
     * @param columns the components of the answer's records, in their order, as SQL:
     *     {@code "hour TIMESTAMP, revenue DECIMAL(38,2)"}
     */
    public static <T, R extends Record> RunnableAnswer onBeam(
            Source<T> source, Coder<R> coder, String columns, Function<PCollection<T>, PCollection<R>> answer) {
        Schema output = Schema.of(columns);
        return (script, out) -> {
            script.expectInputs(1);
            out.accept(output);
            return new BeamTestDriver<>(source, coder, answer, output);
        };
    }
}
