package workbook.kit.spark.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.EventTimeWatermark;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/** What becomes of the watermark on its way to a query's aggregation. */
final class WatermarkInPlan {

    /** The steps that replace all columns, as the code calls them. */
    private static final Map<String, String> TYPED_STEPS = Map.of(
            "MapElements", "map",
            "MapPartitions", "flatMap",
            "MapGroups", "flatMapGroups",
            "FlatMapGroupsWithState", "flatMapGroupsWithState",
            "TransformWithState", "transformWithState");

    private WatermarkInPlan() {}

    /**
     * Describes it in a line that the rules of {@link OutputModeRules} match: {@code watermark on `time` lost by map}. Empty if the
     * query has no aggregation of a stream.
     */
    static Optional<String> describe(LogicalPlan plan) {
        return nodes(plan)
                .filter(node -> node instanceof Aggregate && node.isStreaming())
                .findFirst()
                .map(node -> describe(plan, (Aggregate) node));
    }

    private static String describe(LogicalPlan plan, Aggregate aggregate) {
        Optional<LogicalPlan> below = nodes(aggregate.child())
                .filter(EventTimeWatermark.class::isInstance)
                .findFirst();
        if (below.isEmpty()) {
            boolean isAbove = nodes(plan).anyMatch(EventTimeWatermark.class::isInstance);
            return isAbove ? "watermark after the aggregation" : "no watermark";
        }
        String column = below.flatMap(node -> marked(node).findFirst())
                .map(Attribute::name)
                .orElse("");
        String fate = marked(aggregate.child()).findAny().isPresent()
                ? ", grouped by " + grouping(aggregate)
                : lostBy(aggregate.child()).map(step -> " lost by " + step).orElse(" lost on the way");
        return "watermark on `" + column + "`" + fate;
    }

    /** The typed step above the watermark; empty if only columns were replaced. */
    private static Optional<String> lostBy(LogicalPlan top) {
        return nodes(top)
                .takeWhile(node -> marked(node).findAny().isEmpty())
                .map(node -> TYPED_STEPS.get(node.nodeName()))
                .filter(step -> step != null)
                .reduce((upper, lower) -> lower);
    }

    private static String grouping(Aggregate aggregate) {
        return list(aggregate.groupingExpressions()).stream()
                .map(WatermarkInPlan::text)
                .collect(Collectors.joining(", "));
    }

    private static String text(Expression expression) {
        return org.apache.spark.sql.catalyst.util.package$.MODULE$.toPrettySQL(expression, false);
    }

    private static Stream<Attribute> marked(LogicalPlan node) {
        return list(node.output()).stream().filter(column -> column.metadata().contains(EventTimeWatermark.delayKey()));
    }

    /** The node and all below it, from the top. */
    private static Stream<LogicalPlan> nodes(LogicalPlan plan) {
        return Stream.concat(Stream.of(plan), list(plan.children()).stream().flatMap(WatermarkInPlan::nodes));
    }

    private static <T> List<T> list(scala.collection.Iterable<T> values) {
        return List.copyOf(CollectionConverters.asJavaCollection(values));
    }
}
