package workbook.check.script;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.difference.Remark;
import workbook.kit.explain.Lines;

/**
 * A difference as text: a line for each batch that passed, then the details of the batch that failed, and what differs in
 * a sentence or two.
 */
public record DifferenceText(Difference difference) {

    /** The least width of the labels of tables, and of the names of metrics. */
    private static final int LABEL = 8;

    private static final int NAME = 9;

    @Override
    public String toString() {
        return Stream.of(
                        Stream.of(head()),
                        difference.tables().stream().map(table -> new TableText(table, margin()).toString()),
                        metrics(),
                        remarks())
                .flatMap(blocks -> blocks)
                .collect(Collectors.joining("\n\n"));
    }

    private String head() {
        return Stream.of(
                        Stream.of(difference.title()).filter(line -> !line.isEmpty()),
                        difference.before().stream().map(Difference.Batch::toString),
                        Stream.of(difference.heading()))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private int margin() {
        return width(difference.tables().stream().map(Table::label), LABEL);
    }

    private Stream<String> metrics() {
        int width = width(difference.metrics().stream().map(Difference.Metric::name), NAME);
        return joined(difference.metrics().stream()
                .map(metric -> metric.name()
                        + " ".repeat(width - metric.name().length() + 2)
                        + metric.actual()
                        + (metric.expected() == null ? "" : "  expected " + metric.expected())));
    }

    private Stream<String> remarks() {
        return joined(difference.remarks().stream().map(Remark::text).map(Lines::hanging))
                .map(remarks -> "What differs:\n" + remarks);
    }

    private static Stream<String> joined(Stream<String> lines) {
        String all = lines.collect(Collectors.joining("\n"));
        return all.isEmpty() ? Stream.empty() : Stream.of(all);
    }

    private static int width(Stream<String> labels, int atLeast) {
        return Math.max(atLeast, labels.mapToInt(String::length).max().orElse(0));
    }
}
