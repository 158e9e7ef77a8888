package workbook.check.script;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Input rows in order, each with its batch; rows and batches can be removed. */
record RandomInput(List<Entry> entries) {

    record Entry(int batch, ScriptRow row) {}

    /** The rows of each batch; batches without rows are omitted. */
    List<List<ScriptRow>> batches() {
        return List.copyOf(entries.stream()
                .collect(Collectors.groupingBy(
                        Entry::batch, TreeMap::new, Collectors.mapping(Entry::row, Collectors.toList())))
                .values());
    }

    List<ScriptRow> rows() {
        return entries.stream().map(Entry::row).toList();
    }

    int size() {
        return entries.size();
    }

    RandomInput withoutBatch(int batch) {
        return new RandomInput(
                entries.stream().filter(entry -> entry.batch() != batch).toList());
    }

    /** This input without the rows at these positions. */
    RandomInput without(int from, int to) {
        List<Entry> rest = new ArrayList<>(entries);
        rest.subList(from, to).clear();
        return new RandomInput(List.copyOf(rest));
    }
}
