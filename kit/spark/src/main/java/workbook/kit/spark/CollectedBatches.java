package workbook.kit.spark;

import java.util.List;

/**
 * Consecutive micro-batches of a streaming query, summarized: often those that one file caused, a batch with its rows
 * and a no-data batch.
 *
 * @param batches at least one, in the order of their numbers
 */
public record CollectedBatches<T>(List<CollectedBatch<T>> batches) {

    /** Summarizes what {@link CollectedQuery#processAllAvailable} or {@link CollectedQuery#run} returned. */
    public static <T> CollectedBatches<T> of(List<CollectedBatch<T>> batches) {
        return new CollectedBatches<>(batches);
    }

    /** The last batch. */
    public CollectedBatch<T> last() {
        return batches.get(batches.size() - 1);
    }

    /** The watermark of the last batch, as {@link CollectedBatch#watermark} shows it. */
    public String watermark() {
        return last().watermark();
    }

    /** How many rows the first operator with state keeps after the last batch. */
    public long stateRows() {
        return last().stateRows();
    }

    /** How many rows the first operator with state dropped as too late, in all batches. */
    public long lateRows() {
        return batches.stream().mapToLong(CollectedBatch::lateRows).sum();
    }

    /** The rows that the batches emitted as text, in alphabetical order within a batch. */
    public List<String> lines() {
        return batches.stream()
                .flatMap(
                        batch -> batch.rows().stream().map(CollectedBatch::text).sorted())
                .toList();
    }

    /** The same lines, separated by commas. */
    public String output() {
        return String.join(", ", lines());
    }
}
