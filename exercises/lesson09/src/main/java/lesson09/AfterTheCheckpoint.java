package lesson09;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Finds in a table where a query must go on whose checkpoint is lost. The query appended the records of a Kafka topic to the
 * table, and a new query with a new checkpoint does so now. At its end, each record of the topic is in the table once.
 *
 * <p><b>The table</b> has a row for each record that was appended; it may be empty:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code partition}</td><td>int</td><td>the record's partition, not null</td></tr>
 * <tr><td>{@code offset}</td><td>bigint</td><td>its offset, not null. Offsets ascend, and some may be missing in the
 *     topic</td></tr>
 * <tr><td>{@code value}</td><td>string</td><td>its value, or what somebody has corrected it to in the table; may be
 *     null, and different records may have the same</td></tr>
 * <tr><td>{@code batch}</td><td>bigint</td><td>the number of the batch that appended it, not null. Later batches have
 *     higher numbers; some numbers may be missing</td></tr>
 * </table>
 *
 * <p>A query reads the records of each partition in their order, and appends a batch in several commits. So of the last batch
 * some records may be missing. All others are complete.
 *
 * <p>The new query uses the methods like this:
 *
 * <pre>{@code
 * Dataset<Row> complete = complete(table);
 * spark.readStream().format("kafka")
 *         .option("startingOffsets", …)       // startingOffsets(complete, partitions) as JSON
 *         …
 *         .foreachBatch((batch, number) -> …) // appends missing(batch, table), with numbers above those in the table
 * }</pre>
 *
 * <p><b>Done means:</b> each record that the topic has is in the table once, and of the records in the table only those of
 * the last batch are read again.
 *
 * <p>Check it with {@code mvn test -Dlesson=09 -Dexercise=AfterTheCheckpoint}; hints are in
 * {@code exercises/lesson09/hints/AfterTheCheckpoint.md}.
 */
public class AfterTheCheckpoint {

    /** Returns the rows of all batches that are certainly complete, with all columns of the table. */
    public Dataset<Row> complete(Dataset<Row> table) {
        throw new Unsolved();
    }

    /**
     * Returns for each partition of the topic the offset from which the new query reads it. The numbers are those of Spark's
     * option {@code startingOffsets}, which begins with that offset and takes −2 for the oldest record of the partition.
     *
     * @param complete rows with the columns {@code partition} and {@code offset} of the table, and perhaps others
     * @param partitions the number of the topic's partitions, which are 0, 1 and so on; the table need not have all of them
     */
    public Map<Integer, Long> startingOffsets(Dataset<Row> complete, int partitions) {
        throw new Unsolved();
    }

    /**
     * Returns the records that are not in the table yet, with all columns of the records.
     *
     * @param records of the topic: {@code partition} int, {@code offset} bigint, {@code value} string
     * @param table the whole table
     */
    public Dataset<Row> missing(Dataset<Row> records, Dataset<Row> table) {
        throw new Unsolved();
    }
}
