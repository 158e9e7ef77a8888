package lesson10;

import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import workbook.check.Unsolved;

/**
 * Starts a query with state that works off a backlog of small files in batches that are all alike.
 *
 * <p><b>In:</b> a folder of JSON files with a payment in each line, with the fields of {@link workbook.kit.Payment#SCHEMA}:
 * {@code id} bigint, {@code time} timestamp in UTC, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * {@code customer} and {@code terminal} may be null, the other fields never. {@code id} is unique. {@code amount} may be
 * zero, or negative for a refund. A file has some payments and does not change. Files arrive in the order of their
 * modification times. A payment is at most ten minutes older than any payment in its own file or in an earlier one. At the
 * start there may be hundreds of files, or none.
 *
 * <p><b>Out:</b> the rows that the sink gets, each of them once, in any order: {@code hour} timestamp, the start of a full
 * hour in UTC; {@code terminal} int, or null for the payments without one; {@code payments} bigint, their number;
 * {@code revenue} decimal, the exact sum of their amounts. A terminal has a row for each hour in which it has payments. The
 * row is written when a payment has been read whose time is ten minutes after the end of the hour or later, because
 * no other payment of the hour can come then.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>The method returns when the query has started; the query runs in the background until it is stopped. After it is started again with the same checkpoint, it
 *     continues.
 * <li>A batch reads the ten oldest files that have not been read, or all of them if there are fewer. It begins as soon as
 *     there is a file and the batch before it has ended.
 * <li>The query has two cores: the state is in two partitions, and no stage of a batch has more than two tasks.
 * <li>After each batch the state contains a row for each terminal and hour that has not been written, and no others.
 * <li>Other jobs use {@code spark} at the same time. It has the settings of a large nightly job, 16 shuffle partitions for
 *     example, and keeps them, also while this query starts.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=10 -Dexercise=SmallStateFastBatches}; hints are in
 * {@code exercises/lesson10/hints/SmallStateFastBatches.md}.
 */
public class SmallStateFastBatches {

    /**
     * @param payments the folder of the files
     * @param checkpoint the folder of the query's checkpoint; empty or missing before the first start
     * @param sink for {@code foreachBatch}
     * @return the running query
     */
    public StreamingQuery start(
            SparkSession spark, String payments, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
            throws TimeoutException {
        throw new Unsolved();
    }
}
