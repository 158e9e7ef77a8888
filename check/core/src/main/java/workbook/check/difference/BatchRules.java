package workbook.check.difference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows in the wrong batch, too often, or in the wrong order. */
record BatchRules(FailedBatch batch, Unequal rows) {

    Stream<Remark> remarks() {
        if (batch.output().expected() == null) {
            return Stream.empty();
        }
        return Stream.of(
                        order(),
                        early(),
                        emittedBefore(),
                        openGroup(),
                        late(),
                        repeated(),
                        copies(),
                        copiesMissing(),
                        several())
                .flatMap(Optional::stream)
                .limit(1);
    }

    /** More rows than the one that is expected. */
    private Optional<Remark> several() {
        List<ValueRow> expected = batch.output().expected();
        int found = batch.output().out().size();
        return expected.size() == 1 && found > 1
                ? Optional.of(new Remark("several rows", found + " rows are emitted instead of exactly one."))
                : Optional.empty();
    }

    private Optional<Remark> order() {
        if (!batch.isOrdered() || !rows.isEmpty()) {
            return Optional.empty();
        }
        List<List<Object>> out = values(batch.output().out());
        List<List<Object>> expected = values(batch.output().expected());
        if (out.equals(expected)) {
            return Optional.empty();
        }
        Collections.reverse(out);
        return Optional.of(
                out.equals(expected)
                        ? new Remark("reverse order", "The rows are right, but in reverse order.")
                        : new Remark("other order", "The rows are right, but in another order."));
    }

    /** The output has rows that a later batch should emit. */
    private Optional<Remark> early() {
        if (rows.extra().isEmpty() || !rows.missing().isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Integer>> due = batches(batch.later(), Output::expected, rows.extra());
        return due.map(batches -> new Remark(
                "too early", subject(rows.extra()) + " emitted too early: expected in " + batches(batches) + "."));
    }

    /** An earlier batch, whose output the script does not state, has emitted what is missing. */
    private Optional<Remark> emittedBefore() {
        if (rows.missing().isEmpty() || !rows.extra().isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Integer>> were = batches(batch.earlier(), Output::out, rows.missing());
        return were.map(batches ->
                new Remark("too early", subject(rows.missing()) + " emitted too early: in " + batches(batches) + "."));
    }

    /** An earlier batch has emitted the missing row with another number: a part of the result. */
    private Optional<Remark> openGroup() {
        if (rows.missing().size() != 1 || !rows.extra().isEmpty()) {
            return Optional.empty();
        }
        ValueRow missing = rows.missing().get(0);
        return batch.earlier().stream()
                .flatMap(output -> output.out().stream()
                        .filter(row -> differsInOneNumber(row, missing))
                        .map(row -> new Remark(
                                "too early, in part",
                                "The row " + missing.text() + " was emitted too early: in batch " + output.batch()
                                        + ", as " + row.text() + ".")))
                .findFirst();
    }

    private Optional<Remark> late() {
        if (rows.missing().isEmpty() || !rows.extra().isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Integer>> came = batches(batch.later(), Output::out, rows.missing());
        return came.map(batches ->
                new Remark("too late", subject(rows.missing()) + " emitted too late: in " + batches(batches) + "."));
    }

    /** An earlier batch has emitted the rows already. */
    private Optional<Remark> repeated() {
        if (rows.extra().isEmpty() || !rows.missing().isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Integer>> were = batches(batch.earlier(), Output::out, rows.extra());
        return were.map(batches -> new Remark(
                "emitted again", subject(rows.extra()) + " emitted again: already in " + batches(batches) + "."));
    }

    private Optional<Remark> copies() {
        if (!rows.missing().isEmpty() || !Unequal.areAllIn(rows.extra(), batch.output().expected().stream())) {
            return Optional.empty();
        }
        boolean isEach = rows.extra().size() == batch.output().expected().size();
        return Optional.of(new Remark(
                "copies",
                isEach && rows.extra().size() > 1
                        ? "Each row is emitted twice."
                        : subject(rows.extra()) + " emitted twice."));
    }

    private Optional<Remark> copiesMissing() {
        return rows.extra().isEmpty() && Unequal.areAllIn(rows.missing(), batch.output().out().stream())
                ? Optional.of(new Remark("copies missing", "Of rows that are equal, too few are emitted."))
                : Optional.empty();
    }

    private boolean differsInOneNumber(ValueRow row, ValueRow other) {
        if (row.values().size() != other.values().size() || row.values().size() < 2) {
            return false;
        }
        List<Integer> differing = IntStream.range(0, row.values().size())
                .filter(i -> !Objects.equals(row.get(i), other.get(i)))
                .boxed()
                .toList();
        return differing.size() == 1 && row.get(differing.get(0)) instanceof BigDecimal;
    }

    /** The batches that have these rows; empty if one of the rows is in none. */
    private static Optional<List<Integer>> batches(
            List<Output> outputs, Function<Output, List<ValueRow>> side, List<ValueRow> rows) {
        List<Output> stated =
                outputs.stream().filter(output -> side.apply(output) != null).toList();
        if (!Unequal.areAllIn(rows, stated.stream().flatMap(output -> side.apply(output).stream()))) {
            return Optional.empty();
        }
        List<List<Object>> values = values(rows);
        return Optional.of(stated.stream()
                .filter(output -> side.apply(output).stream().anyMatch(row -> values.contains(row.values())))
                .map(Output::batch)
                .toList());
    }

    private static String batches(List<Integer> numbers) {
        return numbers.size() == 1
                ? "batch " + numbers.get(0)
                : "batches " + Words.list(numbers.stream().map(String::valueOf).toList());
    }

    private static String subject(List<ValueRow> rows) {
        return rows.size() == 1 ? "The row " + rows.get(0).text() + " is" : "The " + rows.size() + " marked rows are";
    }

    private static List<List<Object>> values(List<ValueRow> rows) {
        return new ArrayList<>(rows.stream().map(ValueRow::values).toList());
    }
}
