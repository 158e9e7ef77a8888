package workbook.kit.spark;

import static scala.jdk.javaapi.CollectionConverters.asJava;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AQEShuffleReadExec;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.exchange.BroadcastExchangeExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;

/**
 * The physical plan of a query that has run, with the number of rows that it moved.
 *
 * @param plan the plan; of an adaptive query, its final plan
 */
public record ExecutedPlan(SparkPlan plan) {

    /** The operators that move rows, or need rows that were moved. */
    private static final Pattern MOVING = Pattern.compile("Exchange|Join|Aggregate|Window|Coalesce");

    private static final int WIDTH = 100;
    private static final int MAX_FIELDS = 25;

    /** Runs the query and returns its plan. */
    public static ExecutedPlan run(Dataset<?> query) {
        query.collectAsList();
        return of(query);
    }

    /** Returns the plan of a query that has run: rows of the same Dataset were collected. */
    public static ExecutedPlan of(Dataset<?> query) {
        SparkPlan plan = query.queryExecution().executedPlan();
        return new ExecutedPlan(plan instanceof AdaptiveSparkPlanExec adaptive ? adaptive.executedPlan() : plan);
    }

    /** Returns how many rows the shuffles of the plan have written. */
    public long shuffledRows() {
        return sum(ShuffleExchangeExec.class::isInstance, "shuffleRecordsWritten");
    }

    /** Returns how many rows the broadcasts of the plan have sent to every executor, each row counted once. */
    public long broadcastRows() {
        return sum(BroadcastExchangeExec.class::isInstance, "numOutputRows");
    }

    /** Returns how many files of a table the plan's scans have opened. */
    public long scannedFiles(String table) {
        return sum(
                node -> node instanceof FileSourceScanExec scan
                        && scan.tableIdentifier().exists(name -> name.table().equals(table)),
                "numFiles");
    }

    private long sum(Predicate<SparkPlan> isCounted, String metric) {
        return nodes(plan)
                .filter(isCounted)
                .mapToLong(node -> metric(node, metric))
                .sum();
    }

    private static long metric(SparkPlan node, String name) {
        return (Long) node.metrics().apply(name).value();
    }

    /** The operators from the result down, without the stages that an adaptive query puts around some. */
    private static Stream<SparkPlan> nodes(SparkPlan plan) {
        return plan instanceof QueryStageExec stage
                ? nodes(stage.plan())
                : Stream.concat(
                        Stream.of(plan), asJava(plan.children()).stream().flatMap(ExecutedPlan::nodes));
    }

    /**
     * Returns a line for each operator that moves rows or needs rows that were moved, from the result down, without the
     * numbers of columns. A shuffle and a broadcast are followed by the number of their rows.
     */
    public List<String> moves() {
        return nodes(plan)
                .filter(node -> MOVING.matcher(node.nodeName()).find())
                .map(ExecutedPlan::line)
                .toList();
    }

    private static String line(SparkPlan node) {
        String text = withoutNumbers(node.simpleString(MAX_FIELDS)).strip();
        String line = text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
        return movedRows(node).map(rows -> line + ": " + rows + " rows").orElse(line);
    }

    private static Optional<Long> movedRows(SparkPlan node) {
        if (node instanceof ShuffleExchangeExec) {
            return Optional.of(metric(node, "shuffleRecordsWritten"));
        }
        return node instanceof BroadcastExchangeExec ? Optional.of(metric(node, "numOutputRows")) : Optional.empty();
    }

    /**
     * Returns the plan's operators without their details, each above those it reads from: names, and for an exchange how
     * it divides the rows.
     *
     * @param shown a regular expression for the operators to return
     */
    public List<String> operators(String shown) {
        List<String> lines = new ArrayList<>();
        addOperators(plan, 0, shown, lines);
        return lines;
    }

    private static void addOperators(SparkPlan plan, int depth, String shown, List<String> lines) {
        if (plan instanceof QueryStageExec stage) {
            addOperators(stage.plan(), depth, shown, lines);
            return;
        }
        String text = name(plan);
        boolean isShown = text.matches(shown);
        if (isShown) {
            lines.add("   ".repeat(depth) + text);
        }
        asJava(plan.children()).forEach(child -> addOperators(child, isShown ? depth + 1 : depth, shown, lines));
    }

    private static String name(SparkPlan plan) {
        if (plan instanceof ShuffleExchangeExec) {
            return "Exchange " + plan.outputPartitioning().toString().replaceAll("#\\d+L?", "");
        }
        // with "coalesced", "skewed" or "local"
        return plan instanceof AQEShuffleReadExec
                ? plan.simpleString(MAX_FIELDS)
                : plan.nodeName().strip();
    }

    /**
     * Returns the plan as {@code explain()} prints it, without the numbers of columns, nodes and stages, and with … for
     * the details of windows and broadcasts.
     */
    @Override
    public String toString() {
        return withoutNumbers(plan.toString());
    }

    private static String withoutNumbers(String plan) {
        return plan.replaceAll("#\\d+L?|, \\[plan_id=\\d+]|\\*\\(\\d+\\) ", "")
                .replaceAll("windowspecdefinition\\(.*\\)\\)", "over (…)")
                .replaceAll("HashedRelationBroadcastMode.*", "…");
    }
}
