package workbook.check;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lines under their columns' names, aligned, numbers to the right, with a label at their left. Where there are many,
 * those with a mark come first and the rest is counted.
 */
record Table(String label, List<String> columns, List<Line> lines) {

    private static final int SHOWN = 12;
    private static final int MARGIN = 8;

    @Override
    public String toString() {
        if (lines.isEmpty()) {
            return labelled(label, "nothing");
        }
        return Stream.concat(Stream.of(labelled(label, names())), body()).collect(Collectors.joining("\n"));
    }

    private Stream<String> body() {
        Stream<String> first = shown().map(line -> labelled("", text(line)));
        int rest = lines.size() - SHOWN;
        return rest <= 0 ? first : Stream.concat(first, Stream.of(labelled("", "and " + rest + " more")));
    }

    private Stream<Line> shown() {
        if (lines.size() <= SHOWN) {
            return lines.stream();
        }
        return Stream.concat(lines.stream().filter(Line::isMarked), lines.stream().filter(line -> !line.isMarked()))
                .limit(SHOWN);
    }

    private String names() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> aligned(columns.get(i), i))
                .collect(Collectors.joining("  "));
    }

    private String text(Line line) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> aligned(line.cells().get(i).text(), i))
                .collect(Collectors.joining("  ")) + "  " + line.mark();
    }

    private String aligned(String text, int column) {
        String space = " ".repeat(Math.max(0, width(column) - text.length()));
        return isNumeric(column) ? space + text : text + space;
    }

    private int width(int column) {
        return Math.max(columns.get(column).length(),
                shown().mapToInt(line -> line.cells().get(column).text().length()).max().orElse(0));
    }

    private boolean isNumeric(int column) {
        return lines.stream().anyMatch(line -> line.cells().get(column).isNumber());
    }

    private String labelled(String label, String text) {
        String space = " ".repeat(Math.max(MARGIN, this.label.length()) - label.length() + 2);
        return (label + space + text).stripTrailing();
    }
}
