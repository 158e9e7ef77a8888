package lesson06;

import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.Unsolved;

/**
 * Measures how far queries are behind, and whether they catch up. A brick of the capstone's fraud pipeline.
 *
 * <p><b>In:</b> the events of all queries of a session. A query may have no name, and any number of sources. For each
 * Kafka source (its description starts with {@code Kafka}; that of another source may contain it), the progress of a batch
 * contains, among others,
 * {@code endOffset}, up to where the batch has read, and {@code latestOffset}, where the topics ended when the batch
 * was planned. Both are JSON, such as {@code {"payments":{"0":12,"1":9}}}, with all topics and partitions of the
 * source. The events of a query arrive in order, and each run of a query, which keeps its id when it is restarted, begins
 * with its start and ends with its termination.
 *
 * <p><b>Out:</b> the {@link #readings() reading} of each query, {@link Reading as defined below}. Sources other than
 * Kafka are ignored.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>a query has a reading from its first progress with a {@code latestOffset} until it terminates; a query without a
 *     Kafka source never has one;
 * <li>progress whose Kafka sources have no {@code latestOffset} changes nothing. Spark reports it after a crash, when
 *     the interrupted batch runs again; then none of the sources has one;
 * <li>a Kafka source from which nothing arrives counts with its offsets like any other;
 * <li>two meters in one JVM do not affect each other;
 * <li>when Spark reports that a query is idle, both its rates become 0, and the rest stays as it is.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=LagMeter}; hints are in
 * {@code exercises/lesson06/hints/LagMeter.md}.
 */
public class LagMeter extends StreamingQueryListener {

    /**
     * The figures of a query. The rates and the time are compared to three decimal places.
     *
     * @param records the lag: the number of records between the end of the last batch and the ends of the topics when
     *     it was planned, over all partitions
     * @param seconds the time to catch up at the speed of the last batch, if nothing else arrives:
     *     {@code records / processing}; 0 without a lag, infinite with a lag if the last batch processed nothing
     * @param arriving records that arrive per second: the growth of the topics' ends since the previous progress,
     *     divided by the time between the two timestamps, which have milliseconds and differ; NaN after a run's first
     *     progress with a {@code latestOffset}
     * @param processing records that the last batch processed per second: the sum of what Spark reports for each Kafka
     *     source
     */
    public record Reading(long records, double seconds, double arriving, double processing) {}

    /** The current readings by query id. May be called from any thread. */
    public Map<UUID, Reading> readings() {
        throw new Unsolved();
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        // There is no progress yet.
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        throw new Unsolved();
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        throw new Unsolved();
    }
}
