package workbook.check.script;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A difference as text: a line for each batch that passed, then the details of the batch that failed. */
public record DifferenceText(Difference difference) {

    @Override
    public String toString() {
        return Stream.of(
                        Stream.of(head()),
                        difference.tables().stream().map(table -> new TableText(table).toString()),
                        metrics())
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

    private Stream<String> metrics() {
        return difference.metrics().isEmpty()
                ? Stream.empty()
                : Stream.of(difference.metrics().stream()
                        .map(Difference.Metric::toString)
                        .collect(Collectors.joining("\n")));
    }
}
