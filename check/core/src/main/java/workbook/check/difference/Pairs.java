package workbook.check.difference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows that differ in the same columns only: each unexpected row with the missing row that is equal in all others.
 *
 * @param columns the positions of the columns in which they differ
 */
record Pairs(List<Integer> columns, List<Pair> pairs) {

    record Pair(ValueRow actual, ValueRow expected) {}

    /** Pairs that differ in one column or, if there are none, in two. */
    static Optional<Pairs> of(Unequal rows, int columns) {
        if (rows.extra().isEmpty() || rows.extra().size() != rows.missing().size()) {
            return Optional.empty();
        }
        Stream<List<Integer>> one = IntStream.range(0, columns).mapToObj(List::of);
        Stream<List<Integer>> two = IntStream.range(0, columns)
                .boxed()
                .flatMap(a -> IntStream.range(a + 1, columns).mapToObj(b -> List.of(a, b)));
        return Stream.concat(one, two.filter(both -> columns > both.size()))
                .flatMap(differing -> of(rows, differing).stream())
                .findFirst();
    }

    /** The only column in which they differ. */
    Optional<Integer> column() {
        return columns.size() == 1 ? Optional.of(columns.get(0)) : Optional.empty();
    }

    List<ValueRow> expected() {
        return pairs.stream().map(Pair::expected).toList();
    }

    /** The values of the only column, if all are of this type. */
    <T> Optional<Values<T>> values(Class<T> type) {
        return column().flatMap(column -> {
            boolean fits = pairs.stream()
                    .allMatch(pair -> type.isInstance(pair.actual().get(column))
                            && type.isInstance(pair.expected().get(column)));
            return fits
                    ? Optional.of(new Values<>(pairs.stream()
                            .map(pair -> new Value<>(
                                    type.cast(pair.actual().get(column)),
                                    type.cast(pair.expected().get(column))))
                            .toList()))
                    : Optional.empty();
        });
    }

    record Value<T>(T actual, T expected) {}

    record Values<T>(List<Value<T>> all) {

        boolean all(BiPredicate<T, T> holds) {
            return all.stream().allMatch(value -> holds.test(value.actual(), value.expected()));
        }

        Value<T> first() {
            return all.get(0);
        }

        /** Whether several rows with different values agree, so that it is hardly chance. */
        boolean areManifold() {
            return all.stream().map(Value::expected).distinct().count() > 1;
        }
    }

    private static Optional<Pairs> of(Unequal rows, List<Integer> differing) {
        Map<List<Object>, ValueRow> actual = new HashMap<>();
        rows.extra().forEach(row -> actual.put(key(row, differing), row));
        Map<List<Object>, ValueRow> expected = new HashMap<>();
        rows.missing().forEach(row -> expected.put(key(row, differing), row));
        boolean isUnique = actual.size() == rows.extra().size()
                && expected.size() == rows.missing().size();
        return isUnique && actual.keySet().equals(expected.keySet())
                ? Optional.of(new Pairs(
                        differing,
                        rows.missing().stream()
                                .map(row -> new Pair(actual.get(key(row, differing)), row))
                                .toList()))
                : Optional.empty();
    }

    private static List<Object> key(ValueRow row, List<Integer> without) {
        return IntStream.range(0, row.values().size())
                .filter(i -> !without.contains(i))
                .mapToObj(row::get)
                .collect(Collectors.toList());
    }
}
