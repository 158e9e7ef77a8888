package workbook.check.script;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.difference.DifferenceExplanation;
import workbook.check.script.Difference.Batch;

/** The results of a script's actions, and the difference of the first that failed. */
final class ScriptResult {

    private final ScriptSpec script;
    private final boolean isCumulative;
    private final boolean setsWatermark;
    private final List<ActionResult> results;
    private final Times times;

    /**
     * @param isCumulative as in {@link TestDriver#isCumulative}
     * @param setsWatermark as in {@link TestDriver#setsWatermark}
     */
    ScriptResult(ScriptSpec script, boolean isCumulative, boolean setsWatermark, List<ActionResult> results) {
        this.script = script;
        this.isCumulative = isCumulative;
        this.setsWatermark = setsWatermark;
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
        List<ActionResult> before =
                results.stream().takeWhile(result -> result != wrong).toList();
        Optional<Comparison> comparison = comparison(wrong);
        List<ComparedRow> differing = comparison.stream()
                .flatMap(both -> Stream.concat(both.out().stream(), both.expected().stream()))
                .filter(ComparedRow::isMarked)
                .toList();
        Stream<Table> earlier = new EarlierRows(script, before, differing, times, !isCumulative).tables();
        return new Difference(
                script.title(),
                before.stream().map(this::batch).toList(),
                heading(wrong),
                Stream.of(earlier, in(wrong.end().in()), outAndExpected(wrong, comparison))
                        .flatMap(tables -> tables)
                        .toList(),
                metrics(wrong, before),
                DifferenceExplanation.of(new Facts(times).of(script, isCumulative, results, wrong)));
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

    /** The comparison of the output; empty if the script does not state the output. */
    private Optional<Comparison> comparison(ActionResult result) {
        return result.expected().rows() == null
                ? Optional.empty()
                : Optional.of(result.expected().compare(result.out(), times));
    }

    private Stream<Table> outAndExpected(ActionResult result, Optional<Comparison> comparison) {
        if (comparison.isEmpty()) {
            return Stream.of(ComparedRow.table(out(), script.columns(), ComparedRow.all(result.out(), times)));
        }
        return Stream.of(
                ComparedRow.table(out(), script.columns(), comparison.get().out()),
                ComparedRow.table(
                        result.expected().ordered() ? "in order" : "expected",
                        script.columns(),
                        comparison.get().expected()));
    }

    /** The watermark and the newest times, and the metrics that the script expects. */
    private List<Difference.Metric> metrics(ActionResult wrong, List<ActionResult> before) {
        List<Expected.Metric> expected = wrong.expected().metrics();
        Optional<Expected.Metric> watermark = expected.stream()
                .filter(metric -> metric.name().equals(Expected.WATERMARK))
                .findFirst();
        List<Difference.Metric> shown = new ArrayList<>();
        if (watermark.isPresent()) {
            shown.add(metric(watermark.get(), wrong.end()));
        } else if (wrong.end().watermark() != null || lacksWatermark(wrong, before)) {
            shown.add(new Difference.Metric(Expected.WATERMARK, text(wrong.end().watermark()), null));
        }
        if (!shown.isEmpty()) {
            newestTimes(wrong, before).ifPresent(shown::add);
        }
        expected.stream()
                .filter(metric -> watermark.isEmpty() || metric != watermark.get())
                .forEach(metric -> shown.add(metric(metric, wrong.end())));
        return shown;
    }

    /** Whether rows depend on a watermark that does not exist, or has not advanced. */
    private boolean lacksWatermark(ActionResult wrong, List<ActionResult> before) {
        boolean hasState = Stream.concat(before.stream(), Stream.of(wrong))
                .anyMatch(result -> result.end().state() > 0);
        boolean hasTime = script.inputs().values().stream()
                .flatMap(schema -> schema.fields().stream())
                .anyMatch(field -> field.type().equals(Type.TIMESTAMP));
        return !isCumulative
                && (setsWatermark || hasTime && hasState && script.mode().equals("append"));
    }

    /** The newest time of each timestamp column up to the failed batch; empty if there is no such column. */
    private Optional<Difference.Metric> newestTimes(ActionResult wrong, List<ActionResult> before) {
        List<NewestTime> newest = NewestTime.of(
                script.inputs(),
                Stream.concat(before.stream(), Stream.of(wrong))
                        .map(result -> result.end().in())
                        .toList());
        return newest.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference.Metric(
                        "newest in",
                        newest.stream()
                                .map(time -> (newest.size() == 1 ? "" : time.name() + " ") + text(time.time()))
                                .collect(Collectors.joining(", ")),
                        null));
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
