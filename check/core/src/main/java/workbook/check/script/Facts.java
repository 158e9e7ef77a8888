package workbook.check.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.check.difference.FailedBatch;
import workbook.check.difference.FailedMetric;
import workbook.check.difference.InputRow;
import workbook.check.difference.Output;
import workbook.check.difference.ValueRow;

/** Converts the results of a script for {@link workbook.check.difference.DifferenceExplanation}. */
record Facts(Times times) {

    /** The facts about a script's failed batch. */
    FailedBatch of(ScriptSpec script, boolean isCumulative, List<ActionResult> results, ActionResult wrong) {
        int place = results.indexOf(wrong);
        List<ActionResult> before = batches(results.subList(0, place));
        List<ActionResult> upTo = new ArrayList<>(before);
        upTo.add(wrong);
        return new FailedBatch(
                script.columns(),
                wrong.expected().ordered(),
                output(wrong),
                isCumulative ? List.of() : before.stream().map(this::output).toList(),
                batches(results.subList(place + 1, results.size())).stream()
                        .map(this::output)
                        .toList(),
                upTo.stream().flatMap(result -> input(script.inputs(), result)).toList(),
                wrong.expected().metrics().stream()
                        .filter(metric -> !metric.holds(wrong.end()))
                        .map(metric -> metric(metric, upTo))
                        .toList());
    }

    /** The facts about random input: all of the output is one batch, the last. */
    FailedBatch of(List<String> columns, boolean isOrdered, Comparison outcome, Schema schema, RandomInput input) {
        int last = input.entries().get(input.size() - 1).batch() + 1;
        return new FailedBatch(
                columns,
                isOrdered,
                new Output(last, rows(outcome.out()), rows(outcome.expected())),
                List.of(),
                List.of(),
                input.entries().stream()
                        .map(entry -> input(entry.batch() + 1, "in", schema, entry.row()))
                        .toList(),
                List.of());
    }

    private static List<ActionResult> batches(List<ActionResult> results) {
        return results.stream().filter(result -> !result.isRestart()).toList();
    }

    /** The output as it is compared: a double counts as the expected number if it is almost equal. */
    private Output output(ActionResult result) {
        Expected expected = result.expected();
        if (expected.rows() == null) {
            return new Output(result.batch(), rows(ComparedRow.all(result.out(), times)), null);
        }
        Comparison comparison = expected.compare(result.out(), times);
        return new Output(result.batch(), rows(comparison.out()), rows(comparison.expected()));
    }

    private static List<ValueRow> rows(List<ComparedRow> rows) {
        return rows.stream().map(ComparedRow::forRules).toList();
    }

    private Stream<InputRow> input(Map<String, Schema> inputs, ActionResult result) {
        return result.end().in().entrySet().stream()
                .flatMap(input -> input.getValue().stream()
                        .map(row -> input(result.batch(), input.getKey(), inputs.get(input.getKey()), row)));
    }

    private InputRow input(int batch, String name, Schema schema, ScriptRow row) {
        return new InputRow(
                batch,
                name,
                schema.names(),
                IntStream.range(0, schema.size())
                        .mapToObj(i -> isAmount(schema.field(i).type()))
                        .toList(),
                ComparedRow.of(row, times).forRules());
    }

    private static boolean isAmount(Type type) {
        return type instanceof Type.Decimal || type.equals(Type.DOUBLE);
    }

    private static FailedMetric metric(Expected.Metric metric, List<ActionResult> upTo) {
        List<Object> history = new ArrayList<>();
        upTo.forEach(result -> history.add(metric.actual().apply(result.end())));
        boolean isLimit = metric.expected() instanceof Expected.AtMost;
        return new FailedMetric(
                metric.name(),
                history.get(history.size() - 1),
                metric.expected() instanceof Expected.AtMost limit ? (Object) limit.limit() : metric.expected(),
                isLimit,
                history);
    }
}
