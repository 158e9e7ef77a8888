package workbook.check.script;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables of the input and output of the batches before the one that failed: the rows on which the failed batch depends.
 * These are the rows with the keys of a differing row; without such rows all, unless they are many.
 *
 * @param before the results of the earlier actions
 * @param differing rows of the failed batch
 * @param isWithOutput whether to show the output, too
 */
record EarlierRows(
        ScriptSpec script, List<ActionResult> before, List<ComparedRow> differing, Times times, boolean isWithOutput) {

    private static final int MANY = 12;

    private record Earlier(int batch, ComparedRow row) {}

    Stream<Table> tables() {
        Stream<Table> inputs = script.inputs().entrySet().stream()
                .map(input -> table(
                        script.inputs().size() == 1 ? "in before" : input.getKey() + " before",
                        input.getValue().names(),
                        in(input.getKey())));
        Stream<Table> output = isWithOutput ? Stream.of(table("out before", script.columns(), out())) : Stream.empty();
        return Stream.concat(inputs, output).filter(table -> !table.lines().isEmpty());
    }

    private List<Earlier> in(String input) {
        return before.stream()
                .flatMap(result -> ComparedRow.all(result.end().in().getOrDefault(input, List.of()), times).stream()
                        .map(row -> new Earlier(result.batch(), row)))
                .toList();
    }

    private List<Earlier> out() {
        return before.stream()
                .flatMap(result -> ComparedRow.all(result.out(), times).stream()
                        .sorted(ComparedRow::compare)
                        .map(row -> new Earlier(result.batch(), row)))
                .toList();
    }

    private Table table(String label, List<String> columns, List<Earlier> rows) {
        List<Earlier> shown = chosen(columns, rows);
        List<String> withBatch = new ArrayList<>(List.of("batch"));
        withBatch.addAll(columns);
        return new Table(label, withBatch, shown.stream().map(EarlierRows::line).toList());
    }

    private List<Earlier> chosen(List<String> columns, List<Earlier> rows) {
        List<String> keys = keys(columns);
        Set<List<Object>> wanted = keys.isEmpty()
                ? Set.of()
                : differing.stream()
                        .map(row -> values(row, script.columns(), keys))
                        .collect(Collectors.toSet());
        List<Earlier> related = rows.stream()
                .filter(earlier -> wanted.contains(values(earlier.row(), columns, keys)))
                .toList();
        if (!related.isEmpty()) {
            return related;
        }
        return rows.size() <= MANY ? rows : List.of();
    }

    private static List<Object> values(ComparedRow row, List<String> columns, List<String> keys) {
        return keys.stream().map(key -> row.values().get(columns.indexOf(key))).collect(Collectors.toList());
    }

    /** The columns that identify a row: those that inputs and output have. */
    private List<String> keys(List<String> columns) {
        return columns.stream()
                .filter(script.columns()::contains)
                .filter(column -> script.inputs().values().stream()
                        .anyMatch(input -> input.names().contains(column)))
                .filter(this::isKey)
                .toList();
    }

    /** Whether the column may identify rows: unexpected and missing rows have the same values in it, and no fractions. */
    private boolean isKey(String column) {
        Map<Table.Mark, Set<Object>> values = new EnumMap<>(Table.Mark.class);
        differing.forEach(row -> values.computeIfAbsent(row.mark(), side -> new HashSet<>())
                .add(row.values().get(script.columns().indexOf(column))));
        boolean isSame = values.values().stream().distinct().count() <= 1;
        return isSame
                && values.values().stream()
                        .flatMap(Set::stream)
                        .noneMatch(value -> value instanceof BigDecimal number && number.scale() > 0);
    }

    private static Table.Line line(Earlier earlier) {
        List<Table.Cell> cells = new ArrayList<>(List.of(new Table.Cell(String.valueOf(earlier.batch()), true)));
        cells.addAll(earlier.row().cells());
        return new Table.Line(cells, null);
    }
}
