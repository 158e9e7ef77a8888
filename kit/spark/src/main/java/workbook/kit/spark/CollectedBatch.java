package workbook.kit.spark;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import workbook.kit.ClockTime;

/**
 * A micro-batch of a streaming query.
 *
 * @param id its number, from 0
 * @param rows what it emitted
 * @param progress what Spark reported of it
 */
public record CollectedBatch<T>(long id, List<T> rows, StreamingQueryProgress progress) {

    /** How many rows it read from its sources; 0 for a batch that only the watermark caused. */
    public long inputRows() {
        return progress.numInputRows();
    }

    /** The watermark that it ran with, as hours and minutes, or {@code none} before the first. */
    public String watermark() {
        return ClockTime.of(progress.eventTime().get("watermark"));
    }

    /** How many rows the first operator with state keeps after it. */
    public long stateRows() {
        return progress.stateOperators()[0].numRowsTotal();
    }

    /** How many rows the first operator with state removed, because the watermark had passed them. */
    public long removedRows() {
        return progress.stateOperators()[0].numRowsRemoved();
    }

    /** How many rows the first operator with state dropped as too late. */
    public long lateRows() {
        return progress.stateOperators()[0].numRowsDroppedByWatermark();
    }

    /** The rows in alphabetical order, separated by commas: {@code 09:00 5.00, 10:00 9.00}. */
    public String output() {
        return rows.stream().map(CollectedBatch::text).sorted().collect(Collectors.joining(", "));
    }

    /** A row's values with a blank between them; times as hours and minutes, windows as {@code 09:00–10:00}. */
    public static String text(Object value) {
        if (value instanceof Row row) {
            boolean window = row.size() == 2 && row.get(0) instanceof Instant && row.get(1) instanceof Instant;
            return IntStream.range(0, row.size())
                    .mapToObj(i -> text(row.get(i)))
                    .collect(Collectors.joining(window ? "–" : " "));
        }
        return value instanceof Instant ? ClockTime.of(value) : String.valueOf(value);
    }
}
