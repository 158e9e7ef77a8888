package workbook.check.difference;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds a {@link FailedBatch} for a test: {@code Batches.of("shop", "total").out(row("north", 1)).expected(…)}. */
final class Batches {

    private static final int NUMBER = 2;

    private final List<String> columns;
    private final List<Output> earlier = new ArrayList<>();
    private final List<Output> later = new ArrayList<>();
    private final List<InputRow> input = new ArrayList<>();
    private final List<FailedMetric> metrics = new ArrayList<>();
    private List<ValueRow> out = List.of();
    private List<ValueRow> expected = List.of();
    private boolean isOrdered;

    private Batches(List<String> columns) {
        this.columns = columns;
    }

    /** Batch 2 with these output columns. */
    static Batches of(String... columns) {
        return new Batches(List.of(columns));
    }

    /** Numbers become BigDecimal; text that looks like a time on 2026-01-01 becomes one. */
    static ValueRow row(Object... values) {
        return new ValueRow(
                Arrays.stream(values).map(Batches::value).toList(),
                Arrays.stream(values).map(String::valueOf).toList());
    }

    private static Object value(Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        }
        return value instanceof String text && text.matches("\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?")
                ? Instant.parse(LocalDate.of(2026, 1, 1) + "T" + text + "Z")
                : value;
    }

    Batches out(ValueRow... rows) {
        out = List.of(rows);
        return this;
    }

    Batches expected(ValueRow... rows) {
        expected = List.of(rows);
        return this;
    }

    /** The script does not state the output. */
    Batches anyOutput(ValueRow... rows) {
        out = List.of(rows);
        expected = null;
        return this;
    }

    Batches inOrder() {
        isOrdered = true;
        return this;
    }

    /** The output of batch 1, which the script does not state. */
    Batches earlier(ValueRow... rows) {
        earlier.add(new Output(1, List.of(rows), null));
        return this;
    }

    /** Batch 3. */
    Batches later(List<ValueRow> out, List<ValueRow> expected) {
        later.add(new Output(3, out, expected));
        return this;
    }

    /** A row of the input with the columns id, shop, time and amount. */
    Batches in(int batch, Object... values) {
        input.add(new InputRow(
                batch, "in", List.of("id", "shop", "time", "amount"), List.of(false, false, false, true), row(values)));
        return this;
    }

    Batches metric(String name, Object expected, boolean isLimit, Object... history) {
        metrics.add(new FailedMetric(
                name, history[history.length - 1], expected, isLimit, new ArrayList<>(Arrays.asList(history))));
        return this;
    }

    FailedBatch batch() {
        return new FailedBatch(columns, isOrdered, new Output(NUMBER, out, expected), earlier, later, input, metrics);
    }

    /** The sentences. */
    List<String> texts() {
        return DifferenceExplanation.of(batch()).stream().map(Remark::text).toList();
    }
}
