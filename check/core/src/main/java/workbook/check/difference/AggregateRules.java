package workbook.check.difference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A number that is another aggregate of the input than expected, or whose sum lacks a row. The rows of a group are those
 * with the same values in all columns that input and output share.
 *
 * @param name of the column
 */
record AggregateRules(FailedBatch batch, String name, int column, Pairs pairs, Sources sources) {

    /** The numbers of a group, and of them those of the failed batch. */
    private record Group(List<BigDecimal> numbers, List<BigDecimal> ofThisBatch) {}

    private interface Aggregate extends Function<Group, BigDecimal> {}

    /** The amount of an input row that makes the difference. */
    private record Amount(String column, InputRow row) {}

    Stream<Remark> remarks() {
        return pairs.values(BigDecimal.class).isEmpty()
                ? Stream.empty()
                : Stream.of(otherAggregate(), oneRow())
                        .flatMap(Optional::stream)
                        .limit(1);
    }

    private Optional<Remark> otherAggregate() {
        return sources.inputs().stream()
                .flatMap(input -> {
                    List<String> shared = sources.shared(input, pairs.columns());
                    return amounts(input, shared).flatMap(amount -> otherAggregate(input, shared, amount).stream());
                })
                .findFirst();
    }

    private Optional<Remark> otherAggregate(String input, List<String> shared, int amount) {
        Map<ValueRow, Group> groups = new LinkedHashMap<>();
        pairs.expected().forEach(row -> groups.put(row, group(sources.of(row, input, shared), amount)));
        if (groups.values().stream().anyMatch(group -> group.numbers().size() < 2)) {
            return Optional.empty();
        }
        Map<String, Aggregate> aggregates =
                aggregates(Words.code(sources.columns(input).get(amount)));
        List<String> found = fitting(aggregates, groups, Pairs.Pair::actual);
        List<String> expected = fitting(aggregates, groups, Pairs.Pair::expected);
        if (found.size() != 1 || expected.isEmpty()) {
            return Optional.empty();
        }
        String text = Words.code(name) + " is " + found.get(0) + ", but " + expected.get(0) + " is expected";
        return Optional.of(new Remark(text, text + "."));
    }

    private List<String> fitting(
            Map<String, Aggregate> aggregates, Map<ValueRow, Group> groups, Function<Pairs.Pair, ValueRow> side) {
        return aggregates.entrySet().stream()
                .filter(aggregate -> pairs.pairs().stream().allMatch(pair -> {
                    BigDecimal value = aggregate.getValue().apply(groups.get(pair.expected()));
                    return value != null
                            && value.compareTo((BigDecimal) side.apply(pair).get(column)) == 0;
                }))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Group group(List<InputRow> rows, int amount) {
        List<BigDecimal> numbers = new ArrayList<>();
        List<BigDecimal> ofThisBatch = new ArrayList<>();
        rows.forEach(source -> {
            if (source.row().get(amount) instanceof BigDecimal number) {
                numbers.add(number);
                if (source.batch() == batch.number()) {
                    ofThisBatch.add(number);
                }
            }
        });
        return new Group(numbers, ofThisBatch);
    }

    private static Map<String, Aggregate> aggregates(String amount) {
        Map<String, Aggregate> all = new LinkedHashMap<>();
        all.put("the sum of " + amount, group -> sum(group.numbers()));
        all.put("the sum of " + amount + " in this batch only", group -> partOf(group, sum(group.ofThisBatch())));
        all.put(
                "the sum of the different values of " + amount,
                group -> sum(group.numbers().stream().distinct().toList()));
        all.put(
                "the largest " + amount,
                group -> group.numbers().stream().max(BigDecimal::compareTo).orElse(null));
        all.put(
                "the smallest " + amount,
                group -> group.numbers().stream().min(BigDecimal::compareTo).orElse(null));
        all.put("the first " + amount, group -> group.numbers().get(0));
        all.put(
                "the last " + amount,
                group -> group.numbers().get(group.numbers().size() - 1));
        all.put(
                "the number of rows",
                group -> BigDecimal.valueOf(group.numbers().size()));
        all.put(
                "the number of rows in this batch only",
                group -> partOf(group, BigDecimal.valueOf(group.ofThisBatch().size())));
        return all;
    }

    /** The value, if the batch has only a part of the group. */
    private static BigDecimal partOf(Group group, BigDecimal value) {
        return group.ofThisBatch().isEmpty()
                        || group.ofThisBatch().size() == group.numbers().size()
                ? null
                : value;
    }

    private static BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Each number differs by the amount of exactly one row of its group. */
    private Optional<Remark> oneRow() {
        return Stream.of(true, false)
                .flatMap(lacks -> sources.inputs().stream().flatMap(input -> oneRow(input, lacks).stream()))
                .findFirst();
    }

    private Optional<Remark> oneRow(String input, boolean lacks) {
        List<String> shared = sources.shared(input, pairs.columns());
        if (shared.isEmpty() && batch.output().expected().size() > 1) {
            return Optional.empty(); // the rows of a group are unknown
        }
        List<List<Amount>> found = pairs.pairs().stream()
                .map(pair -> amounts(
                        input,
                        sources.of(pair.expected(), input, shared),
                        shared,
                        (BigDecimal) pair.expected().get(column),
                        difference(pair, lacks)))
                .toList();
        if (found.stream().anyMatch(amounts -> amounts.size() != 1)) {
            return Optional.empty();
        }
        Amount first = found.get(0).get(0);
        String what = lacks ? " less" : " more";
        String kind = name + what + " by " + first.column();
        String by = difference(pairs.pairs().get(0), lacks).toPlainString();
        return Optional.of(new Remark(
                kind,
                found.size() == 1
                        ? Words.code(name) + " is " + by + what + " than expected: the " + Words.code(first.column())
                                + " of the row " + first.row().row().text() + " of batch "
                                + first.row().batch() + "."
                        : Words.code(name) + " is" + what
                                + " than expected, in each row by the amount of one input row."));
    }

    private BigDecimal difference(Pairs.Pair pair, boolean lacks) {
        BigDecimal actual = (BigDecimal) pair.actual().get(column);
        BigDecimal expected = (BigDecimal) pair.expected().get(column);
        return lacks ? expected.subtract(actual) : actual.subtract(expected);
    }

    /** The rows of a group, of at least two, with this amount; of an amount below zero none. */
    private List<Amount> amounts(
            String input, List<InputRow> group, List<String> shared, BigDecimal expected, BigDecimal by) {
        boolean isCount = expected.compareTo(BigDecimal.valueOf(group.size())) == 0;
        if (group.size() < 2 || by.signum() <= 0 || isCount) {
            return List.of();
        }
        return amounts(input, shared)
                .flatMap(amount -> group.stream()
                        .filter(source -> Objects.equals(source.row().get(amount), by.stripTrailingZeros()))
                        .map(source -> new Amount(source.columns().get(amount), source)))
                .toList();
    }

    /** The columns of an input that one sums: decimals and doubles, and the column of the output's name. */
    private Stream<Integer> amounts(String input, List<String> shared) {
        InputRow any = batch.input().stream()
                .filter(row -> row.input().equals(input))
                .findFirst()
                .orElseThrow();
        return IntStream.range(0, any.columns().size())
                .filter(i -> any.isAmount().get(i) || any.columns().get(i).equals(name))
                .filter(i -> !shared.contains(any.columns().get(i)))
                .boxed();
    }
}
