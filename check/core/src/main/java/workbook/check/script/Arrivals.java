package workbook.check.script;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rows in the order in which they come in, each in its batch; what is left when some are taken out is no less. */
record Arrivals(List<Entry> entries) {

    record Entry(int batch, StoryRow row) {}

    /** The rows of each batch; batches that lost all of theirs are gone. */
    List<List<StoryRow>> batches() {
        return List.copyOf(entries.stream()
                .collect(Collectors.groupingBy(
                        Entry::batch, TreeMap::new, Collectors.mapping(Entry::row, Collectors.toList())))
                .values());
    }

    List<StoryRow> rows() {
        return entries.stream().map(Entry::row).toList();
    }

    int size() {
        return entries.size();
    }

    Arrivals withoutBatch(int batch) {
        return new Arrivals(
                entries.stream().filter(entry -> entry.batch() != batch).toList());
    }

    /** This story without the rows at these places. */
    Arrivals without(int from, int to) {
        List<Entry> rest = new ArrayList<>(entries);
        rest.subList(from, to).clear();
        return new Arrivals(List.copyOf(rest));
    }
}
