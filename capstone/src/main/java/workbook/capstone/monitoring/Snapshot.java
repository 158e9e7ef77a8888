package workbook.capstone.monitoring;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The state of the pipeline at one moment, as the live page, {@code /metrics} and {@code /health} show it. One is taken
 * per second. All times are UTC.
 *
 * @param time when it was taken
 * @param produced records in the topic {@code payments}, malformed ones included
 * @param scored scored payments
 * @param refused records in the dead-letter topic
 * @param alerts payments with an alert
 * @param lag records produced that are neither scored nor refused yet
 * @param scoredPerSecond payments scored per second, since the previous snapshot
 * @param toScore from sending a payment until a consumer reads its score
 * @param toBroker from sending a payment until a plain consumer reads it: the broker's share
 * @param newestEvent the event time of the newest payment; null before the first
 * @param queries the status of each started query, in the order of their first starts
 * @param newestAlerts the last alerts, newest first
 * @param refusals reasons for refused records, the most frequent first
 */
public record Snapshot(
        Instant time,
        long produced,
        long scored,
        long refused,
        long alerts,
        long lag,
        double scoredPerSecond,
        Latency toScore,
        Latency toBroker,
        Instant newestEvent,
        List<Query> queries,
        List<Alert> newestAlerts,
        List<Refusal> refusals) {

    /** The snapshot of a pipeline that has not started. */
    public static final Snapshot EMPTY = new Snapshot(
            Instant.EPOCH, 0, 0, 0, 0, 0, 0, Latency.NONE, Latency.NONE, null, List.of(), List.of(), List.of());

    /**
     * A latency.
     *
     * @param count number of measurements since the start
     * @param sumSeconds their sum, in seconds
     * @param recent number of measurements in the last seconds; the percentiles are of these, and 0 if there are none
     * @param p50 the median, in milliseconds
     * @param p90 the 90th percentile, in milliseconds
     * @param p99 the 99th percentile, in milliseconds
     */
    public record Latency(long count, double sumSeconds, long recent, double p50, double p90, double p99) {
        static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0);
    }

    /** The state of a query. */
    public enum State {
        /** It processes records, or was just started. */
        RUNNING,
        /** It waits for records. */
        IDLE,
        /** It was stopped, or has finished. */
        STOPPED,
        /** It has failed. */
        FAILED
    }

    /**
     * The status of a streaming query.
     *
     * @param failure why it failed; empty unless it has
     * @param started when it was last started
     * @param batch its last batch; null before the first has ended
     * @param lag its lag in Kafka; null if unknown
     * @param watermark its event-time watermark; null if it has none
     * @param stateRows rows in its state; 0 for a stateless query
     * @param stateBytes memory that its state uses
     */
    public record Query(
            String name,
            State state,
            String failure,
            Instant started,
            Batch batch,
            Lag lag,
            Instant watermark,
            long stateRows,
            long stateBytes,
            Bill bill) {

        /** Returns this query in another state. */
        Query withState(State other, String why) {
            return new Query(name, other, why, started, batch, lag, watermark, stateRows, stateBytes, bill);
        }

        /** Returns this query with another lag. */
        Query withLag(Lag other) {
            return new Query(name, state, failure, started, batch, other, watermark, stateRows, stateBytes, bill);
        }

        /** Returns this query with another bill. */
        Query withBill(Bill other) {
            return new Query(name, state, failure, started, batch, lag, watermark, stateRows, stateBytes, other);
        }

        /** Whether it is running or idle. */
        public boolean isUp() {
            return state == State.RUNNING || state == State.IDLE;
        }
    }

    /**
     * A batch that has ended.
     *
     * @param id its number in the query's checkpoint
     * @param seconds how long it took; a batch of a real-time query takes the time set by its trigger
     */
    public record Batch(long id, double seconds, long rows, double rowsPerSecond) {}

    /**
     * The records that were in Kafka when the query's last batch was planned, and were not part of it.
     *
     * @param seconds time to process them at the rate of the last batch; may be infinite
     */
    public record Lag(long records, double seconds) {}

    /**
     * What the batch before the running one cost on Spark.
     *
     * @param stages number of stages that ran tasks
     * @param tasks number of their tasks
     * @param rows rows that they read from sources, caches and shuffles
     * @param spilled bytes that they wrote to the disk because their memory was full
     * @param verdicts the names of {@link lesson10.ReadTheBill.Verdict} that hold for a stage
     */
    public record Bill(int stages, int tasks, long rows, long spilled, List<String> verdicts) {}

    /** A reason for refused records, and their number. */
    public record Refusal(String reason, long count) {

        private static final int SHOWN = 12;

        /**
         * Returns the most frequent reasons first. Reasons quote records, so their number is unbounded: the rest are
         * added up.
         */
        public static List<Refusal> mostFrequent(Map<String, Long> byReason) {
            List<Refusal> all = byReason.entrySet().stream()
                    .map(reason -> new Refusal(reason.getKey(), reason.getValue()))
                    .sorted(Comparator.comparingLong(Refusal::count).reversed())
                    .toList();
            if (all.size() <= SHOWN) {
                return all;
            }
            long rest = all.stream().skip(SHOWN).mapToLong(Refusal::count).sum();
            return Stream.concat(all.stream().limit(SHOWN), Stream.of(new Refusal("other reasons", rest)))
                    .toList();
        }
    }
}
