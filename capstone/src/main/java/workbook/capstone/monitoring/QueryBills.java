package workbook.capstone.monitoring;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import lesson10.ReadTheBill;
import lesson10.ReadTheBill.BillListener;
import lesson10.ReadTheBill.Limits;
import lesson10.ReadTheBill.StageCost;
import lesson10.ReadTheBill.Verdict;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MicroBatchExecution;
import org.apache.spark.sql.execution.streaming.runtime.StreamExecution;

/**
 * What the last batches of each streaming query cost, as the brick {@link ReadTheBill} counts it. Spark sends the events of
 * all queries to one listener; this class gives each batch a listener of the brick.
 */
public final class QueryBills extends SparkListener {

    /**
     * The limits of a small cluster: a task with ten times the median is one that the others wait for, and a task for less
     * than a hundred rows costs more to schedule than to run. A task with fewer than ten thousand rows is not called skewed.
     */
    private static final Limits LIMITS = new Limits(10, 10_000, 32, 100);

    private final Map<UUID, Batch> batches = new HashMap<>();
    private final Map<Integer, BillListener> stages = new HashMap<>();

    private record Batch(String number, BillListener current, Snapshot.Bill previous) {}

    /** Registers a listener for all queries of this session's context. */
    public static QueryBills on(SparkSession spark) {
        QueryBills bills = new QueryBills();
        spark.sparkContext().addSparkListener(bills);
        return bills;
    }

    /** Returns the bill of the last batch before the running one of each query, by the query's id. */
    public synchronized Map<UUID, Snapshot.Bill> bills() {
        Map<UUID, Snapshot.Bill> bills = new HashMap<>();
        batches.forEach((query, batch) -> bills.put(query, batch.previous()));
        return bills;
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        Properties properties = submitted.properties();
        String query = properties == null ? null : properties.getProperty(StreamExecution.QUERY_ID_KEY());
        if (query != null) {
            Batch batch = batch(UUID.fromString(query), properties.getProperty(MicroBatchExecution.BATCH_ID_KEY()));
            stages.put(submitted.stageInfo().stageId(), batch.current());
        }
    }

    private Batch batch(UUID query, String number) {
        Batch last = batches.get(query);
        if (last != null && last.number().equals(number)) {
            return last;
        }
        if (last != null) {
            stages.values().removeIf(last.current()::equals);
        }
        Batch next = new Batch(number, new ReadTheBill().listener(LIMITS), last == null ? null : bill(last));
        batches.put(query, next);
        return next;
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        BillListener batch = stages.get(end.stageId());
        if (batch != null) {
            batch.onTaskEnd(end);
        }
    }

    /** The brick may be the learner's. If it throws, the page shows no bill. */
    private static Snapshot.Bill bill(Batch batch) {
        try {
            return sum(batch.current().stages());
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Snapshot.Bill sum(List<StageCost> costs) {
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        costs.forEach(stage -> verdicts.addAll(stage.verdicts()));
        return new Snapshot.Bill(
                costs.size(),
                costs.stream().mapToInt(StageCost::tasks).sum(),
                costs.stream().mapToLong(StageCost::rows).sum(),
                costs.stream().mapToLong(StageCost::spilled).sum(),
                verdicts.stream().map(Verdict::name).toList());
    }
}
