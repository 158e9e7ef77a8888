package workbook.check.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a story says of a batch.
 *
 * @param rows what comes out; null where nothing is said
 * @param ordered whether in this order
 * @param figures what else is said
 * @param looks where to look for what no trace knows, by the name of its figure
 */
public record Expected(List<?> rows, boolean ordered, List<Figure> figures, Map<String, Supplier<?>> looks) {

    static final String WATERMARK = "watermark";
    static final Expected ANYTHING = new Expected(null, false, List.of(), Map.of());

    /**
     * A figure of a batch.
     *
     * @param name as it is shown
     * @param expected its value, or {@link AtMost} that; null for none
     * @param actual where to find it
     */
    record Figure(String name, Object expected, Function<Trace.Event, Object> actual) {

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
        return new Expected(List.copyOf(rows), ordered, figures, looks);
    }

    Expected figure(String name, Object expected, Function<Trace.Event, Object> actual) {
        List<Figure> more = new ArrayList<>(figures);
        more.add(new Figure(name, expected, actual));
        return new Expected(rows, ordered, more, looks);
    }

    /** One more figure, which is looked up once, after the batch. */
    Expected found(String name, Object expected, Supplier<?> look) {
        Map<String, Supplier<?>> more = new LinkedHashMap<>(looks);
        more.put(name, () -> byValue(look.get()));
        return new Expected(rows, ordered, figures, more)
                .figure(name, byValue(expected), event -> event.found().get(name));
    }

    /** An int and a long of the same value are the same. */
    private static Object byValue(Object figure) {
        return figure instanceof Integer number ? (Object) number.longValue() : figure;
    }

    Map<String, Object> look() {
        Map<String, Object> found = new LinkedHashMap<>();
        looks.forEach((name, look) -> found.put(name, look.get()));
        return found;
    }

    /** With its rows read as rows of the answer's schema. */
    Expected read(Literals literals, Schema schema) {
        return rows == null
                ? this
                : rows(rows.stream().map(row -> literals.expected(row, schema)).toList(), ordered);
    }

    /** Whether this came out, and whether these are the figures at its end. */
    boolean holds(List<StoryRow> out, Trace.Event end) {
        return (rows == null || Trace.same(out, told(), ordered))
                && figures.stream().allMatch(figure -> figure.holds(end));
    }

    /** The rows, after they were {@link #read}. */
    List<StoryRow> told() {
        return rows.stream().map(StoryRow.class::cast).toList();
    }
}
