package workbook.check.script;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.check.script.Difference.Batch;

/** The results of a script's actions, and the difference of the first that failed. */
final class ScriptResult {

    private final ScriptSpec script;
    private final boolean isCumulative;
    private final List<ActionResult> results;
    private final Times times;

    /** @param isCumulative as in {@link TestDriver#isCumulative} */
    ScriptResult(ScriptSpec script, boolean isCumulative, List<ActionResult> results) {
        this.script = script;
        this.isCumulative = isCumulative;
        this.results = results;
        this.times = Times.of(results.stream().flatMap(ScriptResult::times).toList());
    }

    /** The first action that failed and those before it; empty if all passed. */
    Optional<Mismatch> mismatch() {
        return results.stream()
                .filter(result -> !result.holds())
                .findFirst()
                .map(wrong -> new Mismatch(difference(wrong)));
    }

    private Difference difference(ActionResult wrong) {
        return new Difference(
                script.title(),
                results.stream()
                        .takeWhile(result -> result != wrong)
                        .map(this::batch)
                        .toList(),
                heading(wrong),
                Stream.concat(in(wrong.end().in()), outAndExpected(wrong)).toList(),
                metrics(wrong));
    }

    private Batch batch(ActionResult result) {
        if (result.isRestart()) {
            return new Batch(result.batch(), script.batches(), true, false, 0, 0, isCumulative, null, false);
        }
        return new Batch(
                result.batch(),
                script.batches(),
                false,
                result.sinkFailed(),
                result.end().in().values().stream().mapToInt(List::size).sum(),
                result.out().size(),
                isCumulative,
                result.end().watermark() == null
                        ? null
                        : times.text(result.end().watermark()),
                !result.expected().equals(Expected.ANYTHING));
    }

    private String heading(ActionResult result) {
        return "batch " + result.batch() + " of " + script.batches()
                + (isCumulative ? "" : ", " + script.mode() + " mode")
                + (result.sinkFailed() ? ", the sink failed once and received the batch again" : "");
    }

    private String out() {
        return isCumulative ? "so far" : "out";
    }

    private Stream<Table> in(Map<String, List<ScriptRow>> in) {
        if (in.isEmpty()) {
            return Stream.of(new Table("in", List.of(), List.of()));
        }
        return in.entrySet().stream()
                .map(input -> ComparedRow.table(
                        input.getKey(),
                        script.inputs().get(input.getKey()).names(),
                        ComparedRow.all(input.getValue(), times)));
    }

    private Stream<Table> outAndExpected(ActionResult result) {
        Expected expected = result.expected();
        if (expected.rows() == null) {
            return Stream.of(ComparedRow.table(out(), script.columns(), ComparedRow.all(result.out(), times)));
        }
        Comparison comparison = expected.ordered()
                ? Comparison.inOrder(result.out(), expected.parsedRows(), times)
                : Comparison.inAnyOrder(result.out(), expected.parsedRows(), times);
        return Stream.of(
                ComparedRow.table(out(), script.columns(), comparison.out()),
                ComparedRow.table(
                        expected.ordered() ? "in order" : "expected", script.columns(), comparison.expected()));
    }

    /** The watermark, and the metrics that the script expects. */
    private List<Difference.Metric> metrics(ActionResult result) {
        List<Expected.Metric> expected = result.expected().metrics();
        boolean isWatermarkExpected =
                expected.stream().anyMatch(metric -> metric.name().equals(Expected.WATERMARK));
        Stream<Difference.Metric> watermark =
                isWatermarkExpected || result.end().watermark() == null
                        ? Stream.empty()
                        : Stream.of(new Difference.Metric(
                                Expected.WATERMARK, text(result.end().watermark()), null));
        return Stream.concat(watermark, expected.stream().map(metric -> metric(metric, result.end())))
                .toList();
    }

    private Difference.Metric metric(Expected.Metric metric, Trace.Event event) {
        return new Difference.Metric(
                metric.name(),
                text(metric.actual().apply(event)),
                metric.holds(event) ? null : text(metric.expected()));
    }

    private String text(Object metric) {
        return metric == null ? "none" : metric instanceof Instant time ? times.text(time) : metric.toString();
    }

    private static Stream<Instant> times(ActionResult result) {
        Stream<ScriptRow> in = result.end().in().values().stream().flatMap(List::stream);
        Stream<ScriptRow> expected =
                result.expected().rows() == null ? Stream.empty() : result.expected().parsedRows().stream();
        Stream<Object> metrics = Stream.concat(
                        Stream.of(Optional.ofNullable(result.end().watermark())),
                        result.expected().metrics().stream().map(metric -> Optional.ofNullable(metric.expected())))
                .flatMap(Optional::stream);
        return Stream.concat(
                Stream.of(in, result.out().stream(), expected)
                        .flatMap(rows -> rows)
                        .flatMap(ComparedRow::times),
                metrics.filter(Instant.class::isInstance).map(Instant.class::cast));
    }
}
