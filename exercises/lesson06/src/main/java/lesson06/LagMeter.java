package lesson06;

import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.Unsolved;

/**
 * How far behind are the queries, and do they catch up? A meter that listens. A brick of the fraud pipeline.
 *
 * <p><b>In:</b> the events of all queries of a session. A query may have no name, and any number of sources. Of each Kafka
 * source (its description begins with {@code Kafka}), a batch's progress tells, among other things, up to where the batch
 * has read, {@code endOffset}, and where the topics ended when the batch was planned, {@code latestOffset}; both as JSON,
 * such as {@code {"payments":{"0":12,"1":9}}}, with all topics and partitions of the source.
 *
 * <p><b>Out:</b> the {@link #readings() reading} of each query, {@link Reading as defined below}; sources other than Kafka
 * have no part in it.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>a query has a reading from the first progress on that tells it, and none any more once it has ended; a query
 *     without a Kafka source has none at all;
 * <li>a progress whose Kafka sources do not tell the {@code latestOffset}, as after a crash when the interrupted batch is
 *     run once more, changes nothing;
 * <li>when Spark says that a query is idle, both its rates are 0, and the rest stays as it is.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=LagMeter}; hints are in
 * {@code exercises/lesson06/hints/LagMeter.md}.
 */
public class LagMeter extends StreamingQueryListener {

    /**
     * What the meter shows of a query.
     *
     * @param records how many records wait: those between where the last batch has read to and where the topics ended when
     *     it was planned, of all partitions together
     * @param seconds how long the query would take for them, if it worked as fast as in its last batch and nothing else
     *     came: {@code records / processing}; 0 where nothing waits, infinite where something waits and the last batch
     *     processed nothing
     * @param arriving how many records a second come to the topics: by how many the ends of the topics have moved since
     *     the progress before, over the time between the two progresses' timestamps; NaN after the first of a run
     * @param processing how many records a second the last batch processed of Kafka's: the sum of what Spark says of each
     *     such source
     */
    public record Reading(long records, double seconds, double arriving, double processing) {}

    /** What is known at this moment, by the queries' ids. Asked for from any thread. */
    public Map<UUID, Reading> readings() {
        throw new Unsolved();
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        // Nothing is known yet.
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
