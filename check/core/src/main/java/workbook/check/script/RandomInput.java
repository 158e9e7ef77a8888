package workbook.check.script;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Input rows in order, each with its batch; rows and batches can be removed. */
record RandomInput(List<Entry> entries) {

    record Entry(int batch, ScriptRow row) {}

    static RandomInput of(List<List<ScriptRow>> batches) {
        return new RandomInput(IntStream.range(0, batches.size())
                .boxed()
                .flatMap(batch -> batches.get(batch).stream().map(row -> new Entry(batch, row)))
                .toList());
    }

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

    /** Only the rows at these positions. */
    RandomInput part(int from, int to) {
        return new RandomInput(entries.subList(from, to));
    }

    /** This input without the rows at these positions. */
    RandomInput without(int from, int to) {
        List<Entry> rest = new ArrayList<>(entries);
        rest.subList(from, to).clear();
        return new RandomInput(List.copyOf(rest));
    }
}
