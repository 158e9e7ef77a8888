package workbook.check.beam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;
import workbook.check.script.BatchResult;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.SneakyThrow;
import workbook.check.script.TestDriver;

/**
 * Runs an answer's pipeline on Beam's direct runner. Its input is a {@link TestStream}: after the elements of a batch the
 * watermark advances, then a marker follows. The runner plays an event of the stream only when nothing is left to do, so
 * the output before a marker is that of its batch.
 *
 * <p>A {@code TestStream} is complete before the pipeline runs. Each batch therefore runs the pipeline anew, from the first
 * batch on.
 */
final class BeamTestDriver<T, R extends Record> implements TestDriver {

    private final BeamAnswers.Source<T> source;
    private final Coder<R> coder;
    private final Function<PCollection<T>, PCollection<R>> answer;
    private final Schema output;
    private final List<List<TimestampedValue<T>>> batches = new ArrayList<>();

    BeamTestDriver(
            BeamAnswers.Source<T> source,
            Coder<R> coder,
            Function<PCollection<T>, PCollection<R>> answer,
            Schema output) {
        this.source = source;
        this.coder = coder;
        this.answer = answer;
        this.output = output;
    }

    @Override
    public void start() {
        pipeline(0); // is refused now, if it is wrong
    }

    @Override
    public BatchResult runBatch(Map<String, List<ScriptRow>> rows, Predicate<BatchResult> isExpected) {
        add(rows);
        List<List<ScriptRow>> emitted = run();
        return new BatchResult(emitted.get(emitted.size() - 1), BatchResult.Metrics.NONE);
    }

    @Override
    public List<List<ScriptRow>> runBatches(List<Map<String, List<ScriptRow>>> batches) {
        int first = this.batches.size();
        batches.forEach(this::add);
        return run().subList(first, this.batches.size());
    }

    private void add(Map<String, List<ScriptRow>> rows) {
        batches.add(rows.values().stream()
                .flatMap(List::stream)
                .map(source.element())
                .map(element -> TimestampedValue.of(
                        element, new Instant(source.time().apply(element).toEpochMilli())))
                .toList());
    }

    /** The output of each batch. */
    private List<List<ScriptRow>> run() {
        try (Recording recording = new Recording()) {
            pipeline(recording.number()).run().waitUntilFinish();
            return recording.batches().stream()
                    .map(batch -> batch.stream()
                            .map(row -> ScriptRow.of(
                                    output, Script.row((Record) row).values()))
                            .toList())
                    .toList();
        } catch (Pipeline.PipelineExecutionException e) {
            throw SneakyThrow.of(e.getCause());
        }
    }

    private Pipeline pipeline(long recording) {
        DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
        options.setRunner(DirectRunner.class);
        options.setTargetParallelism(1);
        Pipeline pipeline = Pipeline.create(options);
        register(pipeline, source.coder());
        register(pipeline, coder);
        PCollection<T> in = pipeline.apply("input", stream())
                .apply("batches", ParDo.of(new Recording.Markers<T>(recording)))
                .setCoder(source.coder());
        PCollection<R> out = answer.apply(in);
        if (out == null) {
            throw new AssertionError("The answer returned null instead of a PCollection.");
        }
        out.apply("output", ParDo.of(new Recording.Output<>(recording)));
        return pipeline;
    }

    private static <E> void register(Pipeline pipeline, Coder<E> coder) {
        pipeline.getCoderRegistry().registerCoderForType(coder.getEncodedTypeDescriptor(), coder);
    }

    private TestStream<T> stream() {
        TestStream.Builder<T> stream = TestStream.create(NullableCoder.of(source.coder()));
        Instant watermark = BoundedWindow.TIMESTAMP_MIN_VALUE;
        for (List<TimestampedValue<T>> batch : batches) {
            for (TimestampedValue<T> element : batch) {
                stream = stream.addElements(element);
            }
            Instant reached = batch.stream()
                    .map(element -> element.getTimestamp().minus(source.bound().get()))
                    .max(Instant::compareTo)
                    .orElse(watermark);
            if (reached.isAfter(watermark)) {
                watermark = reached;
                stream = stream.advanceWatermarkTo(watermark);
            }
            stream = stream.addElements(TimestampedValue.of(null, watermark));
        }
        return stream.advanceWatermarkToInfinity();
    }

    @Override
    public void restart() {
        throw new IllegalStateException("The direct runner keeps no state for a restart.");
    }

    @Override
    public List<ScriptRow> runBatchWithSinkFailure(Map<String, List<ScriptRow>> rows) {
        throw new IllegalStateException("The sink of this driver cannot fail.");
    }

    @Override
    public void close() {
        // each pipeline has ended
    }
}
