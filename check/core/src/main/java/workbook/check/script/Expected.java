package workbook.check.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The expectations of a script for a batch.
 *
 * @param rows the expected output; null if the script does not state it
 * @param ordered whether the rows must be in this order
 * @param metrics the expected metrics
 * @param lookups suppliers of the metrics that are not in a trace, by name
 */
public record Expected(List<?> rows, boolean ordered, List<Metric> metrics, Map<String, Supplier<?>> lookups) {

    static final String WATERMARK = "watermark";
    static final Expected ANYTHING = new Expected(null, false, List.of(), Map.of());

    /**
     * An expected metric of a batch.
     *
     * @param name as shown
     * @param expected the value, or {@link AtMost} a value; null if there must be none
     * @param actual reads the actual value
     */
    record Metric(String name, Object expected, Function<Trace.Event, Object> actual) {

        boolean holds(Trace.Event event) {
            Object found = actual.apply(event);
            return expected instanceof AtMost limit ? limit.allows(found) : Objects.equals(expected, found);
        }
    }

    /** Any number up to a limit. */
    record AtMost(long limit) {

        boolean allows(Object found) {
            return found instanceof Number number && number.longValue() <= limit;
        }

        @Override
        public String toString() {
            return "at most " + limit;
        }
    }

    Expected rows(List<?> rows, boolean ordered) {
        return new Expected(List.copyOf(rows), ordered, metrics, lookups);
    }

    Expected metric(String name, Object expected, Function<Trace.Event, Object> actual) {
        List<Metric> more = new ArrayList<>(metrics);
        more.add(new Metric(name, expected, actual));
        return new Expected(rows, ordered, more, lookups);
    }

    /** Adds a metric whose value is looked up once, after the batch. */
    Expected observed(String name, Object expected, Supplier<?> look) {
        Map<String, Supplier<?>> more = new LinkedHashMap<>(lookups);
        more.put(name, () -> byValue(look.get()));
        return new Expected(rows, ordered, metrics, more)
                .metric(name, byValue(expected), event -> event.observed().get(name));
    }

    /** Converts int to long, so that equal values are equal. */
    private static Object byValue(Object metric) {
        return metric instanceof Integer number ? (Object) number.longValue() : metric;
    }

    Map<String, Object> look() {
        Map<String, Object> found = new LinkedHashMap<>();
        lookups.forEach((name, look) -> found.put(name, look.get()));
        return found;
    }

    /** These expectations with the rows converted to the answer's schema. */
    Expected read(Literals literals, Schema schema) {
        return rows == null
                ? this
                : rows(rows.stream().map(row -> literals.expected(row, schema)).toList(), ordered);
    }

    /** Whether the output and the metrics meet the expectations. */
    boolean holds(List<ScriptRow> out, Trace.Event end) {
        return (rows == null || Trace.same(out, parsedRows(), ordered))
                && metrics.stream().allMatch(metric -> metric.holds(end));
    }

    /** Compares the output with the rows after {@link #read}, in their order if it matters. */
    Comparison compare(List<ScriptRow> out, Times times) {
        return ordered ? Comparison.inOrder(out, parsedRows(), times) : Comparison.inAnyOrder(out, parsedRows(), times);
    }

    /** The rows after {@link #read}. */
    List<ScriptRow> parsedRows() {
        return rows.stream().map(ScriptRow.class::cast).toList();
    }
}
