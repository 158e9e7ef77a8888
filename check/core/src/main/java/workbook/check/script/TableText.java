package workbook.check.script;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.check.script.Table.Line;

/**
 * A table as aligned text with its label at the left. Of a long table, the rows with a mark come first, and the remaining
 * rows are only counted.
 *
 * @param margin the number of characters for the label
 */
record TableText(Table table, int margin) {

    private static final int SHOWN = 12;

    @Override
    public String toString() {
        if (table.lines().isEmpty()) {
            return labelled(table.label(), "nothing");
        }
        return Stream.concat(Stream.of(labelled(table.label(), names())), body())
                .collect(Collectors.joining("\n"));
    }

    private Stream<String> body() {
        Stream<String> first = shown().map(line -> labelled("", text(line)));
        int rest = table.lines().size() - SHOWN;
        return rest <= 0 ? first : Stream.concat(first, Stream.of(labelled("", "and " + rest + " more")));
    }

    private Stream<Line> shown() {
        if (table.lines().size() <= SHOWN) {
            return table.lines().stream();
        }
        return Stream.concat(
                        table.lines().stream().filter(line -> line.mark() != null),
                        table.lines().stream().filter(line -> line.mark() == null))
                .limit(SHOWN);
    }

    private String names() {
        return IntStream.range(0, table.columns().size())
                .mapToObj(i -> aligned(table.columns().get(i), i))
                .collect(Collectors.joining("  "));
    }

    private String text(Line line) {
        return IntStream.range(0, table.columns().size())
                        .mapToObj(i -> aligned(line.cells().get(i).text(), i))
                        .collect(Collectors.joining("  "))
                + "  " + mark(line);
    }

    private static String mark(Line line) {
        return line.mark() == null
                ? ""
                : "<- " + line.mark().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String aligned(String text, int column) {
        String space = " ".repeat(Math.max(0, width(column) - text.length()));
        return isNumeric(column) ? space + text : text + space;
    }

    private int width(int column) {
        return Math.max(
                table.columns().get(column).length(),
                shown().mapToInt(line -> line.cells().get(column).text().length())
                        .max()
                        .orElse(0));
    }

    private boolean isNumeric(int column) {
        return table.lines().stream().anyMatch(line -> line.cells().get(column).isNumber());
    }

    private String labelled(String label, String text) {
        String space = " ".repeat(margin - label.length() + 2);
        return (label + space + text).stripTrailing();
    }
}
