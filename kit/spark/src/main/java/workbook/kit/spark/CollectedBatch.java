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
 * @param id the batch ID, from 0
 * @param rows the rows it emitted
 * @param progress Spark's progress report of the batch
 */
public record CollectedBatch<T>(long id, List<T> rows, StreamingQueryProgress progress) {

    /** The number of rows read from the sources; 0 for a no-data batch. */
    public long inputRows() {
        return progress.numInputRows();
    }

    /** The watermark of the batch as hours and minutes, or {@code none} before the first. */
    public String watermark() {
        return ClockTime.of(progress.eventTime().get("watermark"));
    }

    /** The number of rows in the state of the first stateful operator after the batch. */
    public long stateRows() {
        return progress.stateOperators()[0].numRowsTotal();
    }

    /** The number of rows that the first stateful operator removed because the watermark had passed them. */
    public long removedRows() {
        return progress.stateOperators()[0].numRowsRemoved();
    }

    /** The number of late rows that the first stateful operator dropped. */
    public long lateRows() {
        return progress.stateOperators()[0].numRowsDroppedByWatermark();
    }

    /** The emitted rows as {@link #text}, sorted and separated by commas: {@code 09:00 5.00, 10:00 9.00}. */
    public String output() {
        return rows.stream().map(CollectedBatch::text).sorted().collect(Collectors.joining(", "));
    }

    /**
     * Formats a value: a row as its values separated by blanks, a time as {@code 09:00}, a window as {@code
     * 09:00–10:00}.
     */
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
