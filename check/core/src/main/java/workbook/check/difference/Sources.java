package workbook.check.difference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The input rows that belong to an output row: those with the same values in all columns of the same name. */
final class Sources {

    private static final long MOST = 4_000_000;

    private final List<String> columns;
    private final Map<String, List<InputRow>> inputs;

    /** The sources of a batch's rows; none if there are so many that looking for them would take long. */
    Sources(FailedBatch batch) {
        columns = batch.columns();
        long rows = batch.output().out().size() + batch.input().size();
        inputs = rows * rows > MOST
                ? Map.of()
                : batch.input().stream()
                        .collect(Collectors.groupingBy(InputRow::input, LinkedHashMap::new, Collectors.toList()));
    }

    List<String> inputs() {
        return List.copyOf(inputs.keySet());
    }

    /** The columns of an input. */
    List<String> columns(String input) {
        return inputs.get(input).get(0).columns();
    }

    /** The columns of an input that the output has, too, without these positions of the output. */
    List<String> shared(String input, List<Integer> except) {
        return columns(input).stream()
                .filter(name -> columns.contains(name) && !except.contains(columns.indexOf(name)))
                .toList();
    }

    /** The rows of an input with the same values in these columns; all if there are none. */
    List<InputRow> of(ValueRow output, String input, List<String> shared) {
        return inputs.get(input).stream()
                .filter(source -> shared.stream()
                        .allMatch(name -> Objects.equals(
                                source.row().get(source.columns().indexOf(name)), output.get(columns.indexOf(name)))))
                .toList();
    }
}
