package workbook.capstone.monitoring;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lesson06.LagMeter;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * Keeps the status of Spark's streaming queries. A restarted query replaces the previous run of its name; later events
 * of that run, which Spark delivers asynchronously, are ignored. The brick {@link LagMeter} measures the lag, {@link
 * QueryBills} what a batch cost.
 */
public final class QueryStatusListener extends StreamingQueryListener {

    private static final String CAUSE = "Caused by: ";
    private static final int LONGEST_FAILURE = 300;

    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final LagMeter lags = new LagMeter();
    private final QueryBills bills;

    /** @param query the query's id, which is the same in all its runs */
    private record Run(UUID id, UUID query, Snapshot.Query figures) {}

    private QueryStatusListener(QueryBills bills) {
        this.bills = bills;
    }

    /** Registers a listener for all queries that this session starts from now on. */
    public static QueryStatusListener on(SparkSession spark) {
        QueryStatusListener watch = new QueryStatusListener(QueryBills.on(spark));
        spark.streams().addListener(watch);
        spark.streams().addListener(watch.lags);
        return watch;
    }

    /** Returns the status of each query, in the order of their first starts. */
    public synchronized List<Snapshot.Query> queries() {
        Map<UUID, LagMeter.Reading> readings = readings();
        Map<UUID, Snapshot.Bill> last = bills.bills();
        return runs.values().stream()
                .map(run ->
                        run.figures().withLag(lag(readings.get(run.query()))).withBill(last.get(run.query())))
                .toList();
    }

    /** The brick may be the learner's. If it throws, the page shows no lags. */
    private Map<UUID, LagMeter.Reading> readings() {
        try {
            return lags.readings();
        } catch (RuntimeException e) {
            return Map.of();
        }
    }

    private static Snapshot.Lag lag(LagMeter.Reading reading) {
        return reading == null ? null : new Snapshot.Lag(reading.records(), reading.seconds());
    }

    @Override
    public synchronized void onQueryStarted(QueryStartedEvent event) {
        runs.put(
                event.name(),
                new Run(
                        event.runId(),
                        event.id(),
                        new Snapshot.Query(
                                event.name(),
                                Snapshot.State.RUNNING,
                                "",
                                Instant.parse(event.timestamp()),
                                null,
                                null,
                                null,
                                0,
                                0,
                                null)));
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        change(event.progress().runId(), query -> after(query, event.progress()));
    }

    @Override
    public void onQueryIdle(QueryIdleEvent event) {
        change(event.runId(), query -> query.withState(Snapshot.State.IDLE, ""));
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        change(
                event.runId(),
                query -> event.exception().isDefined()
                        ? query.withState(
                                Snapshot.State.FAILED, reason(event.exception().get()))
                        : query.withState(Snapshot.State.STOPPED, ""));
    }

    private synchronized void change(UUID run, UnaryOperator<Snapshot.Query> change) {
        runs.replaceAll((name, known) ->
                known.id().equals(run) ? new Run(run, known.query(), change.apply(known.figures())) : known);
    }

    private static Snapshot.Query after(Snapshot.Query query, StreamingQueryProgress progress) {
        String watermark = progress.eventTime().get("watermark");
        return new Snapshot.Query(
                query.name(),
                Snapshot.State.RUNNING,
                "",
                query.started(),
                batch(progress),
                null,
                watermark == null ? null : Instant.parse(watermark),
                Stream.of(progress.stateOperators())
                        .mapToLong(StateOperatorProgress::numRowsTotal)
                        .sum(),
                Stream.of(progress.stateOperators())
                        .mapToLong(StateOperatorProgress::memoryUsedBytes)
                        .sum(),
                query.bill());
    }

    private static Snapshot.Batch batch(StreamingQueryProgress progress) {
        double rate = progress.processedRowsPerSecond();
        return new Snapshot.Batch(
                progress.batchId(),
                progress.batchDuration() / 1_000.0,
                progress.numInputRows(),
                Double.isFinite(rate) ? rate : 0); // a batch of 0 ms has an infinite rate
    }

    /**
     * Spark reports a stack trace. The innermost cause has the reason; the outer ones report that a task or a job
     * failed.
     */
    private static String reason(String trace) {
        String reason = trace.lines()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((outer, inner) -> inner)
                .map(line -> line.substring(CAUSE.length()))
                .orElse(trace.lines().findFirst().orElse(""));
        return reason.length() <= LONGEST_FAILURE ? reason : reason.substring(0, LONGEST_FAILURE) + " ...";
    }
}
