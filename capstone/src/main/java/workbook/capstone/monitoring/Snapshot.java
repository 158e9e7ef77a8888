package workbook.capstone.monitoring;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pipeline at one moment: what the live page, its {@code /metrics} and its {@code /health} tell. Whoever runs the
 * page makes one a second, from whatever it can see of the pipeline. All times are UTC.
 *
 * @param time when it was taken
 * @param produced records in the topic {@code payments}, malformed ones included
 * @param scored payments that have a score
 * @param refused records in the dead-letter topic
 * @param alerts payments that raised an alert
 * @param lag records produced that are neither scored nor refused yet
 * @param scoredPerSecond payments scored a second, since the snapshot before
 * @param toScore from sending a payment until a consumer has its score
 * @param toBroker from sending a payment until a plain consumer has it: the broker's own share
 * @param newestEvent the event time of the newest payment; null before the first
 * @param queries each query that was started, in the order of their first starts
 * @param newestAlerts the last alerts, newest first
 * @param refusals why records were refused, the most frequent reasons first
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

    /** Of a pipeline that has not begun. */
    public static final Snapshot EMPTY = new Snapshot(
            Instant.EPOCH, 0, 0, 0, 0, 0, 0, Latency.NONE, Latency.NONE, null, List.of(), List.of(), List.of());

    /**
     * How long things take.
     *
     * @param count how many were measured since the start
     * @param sumSeconds how long all of these took together, in seconds
     * @param recent how many of them ended within the last seconds; the percentiles speak of these, and are 0 if none did
     * @param p50 half of the recent ones took at the most so many milliseconds
     * @param p90 and so nine of ten, in milliseconds
     * @param p99 and so 99 of 100, in milliseconds
     */
    public record Latency(long count, double sumSeconds, long recent, double p50, double p90, double p99) {
        static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0);
    }

    /** What a query does. */
    public enum State {
        /** It has work, or was just started. */
        RUNNING,
        /** It waits for records. */
        IDLE,
        /** It was asked to end, or had no more to do. */
        STOPPED,
        /** It has died. */
        FAILED
    }

    /**
     * A streaming query.
     *
     * @param failure why it has died; empty unless it has
     * @param started when it was started, the last time
     * @param batch its last batch; null before the first has ended
     * @param lag what waits for it in Kafka; null if that is not known
     * @param watermark up to where its event time is complete; null if it has none
     * @param stateRows rows in its state; 0 for a query without
     * @param stateBytes memory that the state takes
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
            long stateBytes) {

        /** The same query in another state. */
        Query withState(State other, String why) {
            return new Query(name, other, why, started, batch, lag, watermark, stateRows, stateBytes);
        }

        /** The same query with another lag. */
        Query withLag(Lag other) {
            return new Query(name, state, failure, started, batch, other, watermark, stateRows, stateBytes);
        }

        /** Whether it is running or waits for records. */
        public boolean isUp() {
            return state == State.RUNNING || state == State.IDLE;
        }
    }

    /**
     * A batch that has ended.
     *
     * @param id its number in the query's checkpoint
     * @param seconds how long it took; one of a real-time query takes as long as was asked for
     */
    public record Batch(long id, double seconds, long rows, double rowsPerSecond) {}

    /**
     * What waited for a query in Kafka when its last batch was planned, and was not part of it.
     *
     * @param seconds how long the query would take for these records at the rate of its last batch; may be infinite
     */
    public record Lag(long records, double seconds) {}

    /** Why records were refused, and how many. */
    public record Refusal(String reason, long count) {

        private static final int SHOWN = 12;

        /** The most frequent first. Reasons quote records, so there may be any number of them: the rest is one. */
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
