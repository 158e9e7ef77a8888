package workbook.check.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.FlatMapGroupsWithState;
import org.apache.spark.sql.catalyst.plans.logical.TransformWithState;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.TimeMode;

/**
 * Detects queries with processing-time timers. For these, Spark keeps running batches even without data, and
 * {@code processAllAvailable} never returns.
 */
final class ProcessingTimeTimers {

    private ProcessingTimeTimers() {}

    static boolean isUsedBy(Dataset<Row> query) {
        return QueryPlan.of(query).exists(ProcessingTimeTimers::hasTimers);
    }

    private static boolean hasTimers(Object node) {
        return node instanceof TransformWithState state
                        && TimeMode.ProcessingTime().equals(state.timeMode())
                || node instanceof FlatMapGroupsWithState groups
                        && GroupStateTimeout.ProcessingTimeTimeout().equals(groups.timeout());
    }
}
