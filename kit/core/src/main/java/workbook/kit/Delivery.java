package workbook.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What went into a sink, each value once, and what is in it.
 *
 * @param in all of them are different
 * @param out in any order
 */
public record Delivery<T extends Comparable<T>>(Collection<T> in, Collection<T> out) {

    /** The differences: {@code right}, {@code 3 twice}, {@code 4, 5 lost}, {@code 4 lost, 7 three times or more}. */
    @Override
    public String toString() {
        List<String> differences = new ArrayList<>();
        add(differences, 0, "lost");
        add(differences, 2, "twice");
        add(differences, 3, "three times or more");
        TreeSet<T> unknown = new TreeSet<>(out);
        unknown.removeAll(in);
        if (!unknown.isEmpty()) {
            differences.add(join(unknown) + " unknown");
        }
        return differences.isEmpty() ? "right" : String.join(", ", differences);
    }

    private void add(List<String> differences, int times, String word) {
        TreeSet<T> values = in.stream()
                .filter(value -> Math.min(3, Collections.frequency(out, value)) == times)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!values.isEmpty()) {
            differences.add(join(values) + " " + word);
        }
    }

    private String join(Collection<T> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
