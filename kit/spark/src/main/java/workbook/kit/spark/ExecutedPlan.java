package workbook.kit.spark;

import static scala.jdk.javaapi.CollectionConverters.asJava;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;

/**
 * The physical plan of a query that has run, with the number of rows that it shuffled.
 *
 * @param plan the plan; of an adaptive query, its final plan
 */
public record ExecutedPlan(SparkPlan plan) {

    /** Runs the query and returns its plan. */
    public static ExecutedPlan run(Dataset<?> query) {
        query.collectAsList();
        SparkPlan plan = query.queryExecution().executedPlan();
        return new ExecutedPlan(plan instanceof AdaptiveSparkPlanExec adaptive ? adaptive.executedPlan() : plan);
    }

    /** Returns how many rows the shuffles of the plan have written. */
    public long shuffledRows() {
        return shuffledRows(plan);
    }

    private static long shuffledRows(SparkPlan plan) {
        if (plan instanceof QueryStageExec stage) {
            return shuffledRows(stage.plan());
        }
        long rows = asJava(plan.children()).stream()
                .mapToLong(ExecutedPlan::shuffledRows)
                .sum();
        return plan instanceof ShuffleExchangeExec
                ? rows + (Long) plan.metrics().apply("shuffleRecordsWritten").value()
                : rows;
    }

    /**
     * Returns the plan as {@code explain()} prints it, without the numbers of columns, nodes and stages, and with … for
     * the details of windows and broadcasts.
     */
    @Override
    public String toString() {
        return plan.toString()
                .replaceAll("#\\d+L?|, \\[plan_id=\\d+]|\\*\\(\\d+\\) ", "")
                .replaceAll("windowspecdefinition\\(.*\\)\\)", "over (…)")
                .replaceAll("HashedRelationBroadcastMode.*", "…");
    }
}
