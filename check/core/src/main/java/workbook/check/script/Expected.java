package workbook.check.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a script says of a batch.
 *
 * @param rows what comes out; null where nothing is said
 * @param ordered whether in this order
 * @param metrics what else is said
 * @param lookups where to look for what no trace knows, by the name of its metric
 */
public record Expected(List<?> rows, boolean ordered, List<Metric> metrics, Map<String, Supplier<?>> lookups) {

    static final String WATERMARK = "watermark";
    static final Expected ANYTHING = new Expected(null, false, List.of(), Map.of());

    /**
     * A metric of a batch.
     *
     * @param name as it is shown
     * @param expected its value, or {@link AtMost} that; null for none
     * @param actual where to find it
     */
    record Metric(String name, Object expected, Function<Trace.Event, Object> actual) {

        boolean holds(Trace.Event event) {
            Object found = actual.apply(event);
            return expected instanceof AtMost limit ? limit.allows(found) : Objects.equals(expected, found);
        }
    }

    /** Any number up to this one. */
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

    /** One more metric, which is looked up once, after the batch. */
    Expected observed(String name, Object expected, Supplier<?> look) {
        Map<String, Supplier<?>> more = new LinkedHashMap<>(lookups);
        more.put(name, () -> byValue(look.get()));
        return new Expected(rows, ordered, metrics, more)
                .metric(name, byValue(expected), event -> event.observed().get(name));
    }

    /** An int and a long of the same value are the same. */
    private static Object byValue(Object metric) {
        return metric instanceof Integer number ? (Object) number.longValue() : metric;
    }

    Map<String, Object> look() {
        Map<String, Object> found = new LinkedHashMap<>();
        lookups.forEach((name, look) -> found.put(name, look.get()));
        return found;
    }

    /** With its rows read as rows of the answer's schema. */
    Expected read(Literals literals, Schema schema) {
        return rows == null
                ? this
                : rows(rows.stream().map(row -> literals.expected(row, schema)).toList(), ordered);
    }

    /** Whether this came out, and whether these are the metrics at its end. */
    boolean holds(List<ScriptRow> out, Trace.Event end) {
        return (rows == null || Trace.same(out, parsedRows(), ordered))
                && metrics.stream().allMatch(metric -> metric.holds(end));
    }

    /** The rows, after they were {@link #read}. */
    List<ScriptRow> parsedRows() {
        return rows.stream().map(ScriptRow.class::cast).toList();
    }
}
