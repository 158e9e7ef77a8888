package workbook.check.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.EventTimeWatermark;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The watermarks and operators of a query as text, such as {@code Watermark(time, 30 minutes), Aggregate(terminal)}: the
 * same for all ways to write it. Columns are replaced by the expressions that they stand for.
 */
final class QueryPlan {

    /** Operators that neither keep state nor lose a watermark. */
    private static final Set<String> IGNORED =
            Set.of("Project", "Filter", "SubqueryAlias", "SerializeFromObject", "DeserializeToObject");

    private static final String SPARK = "org.apache.spark.";

    private final Map<Long, Expression> aliases = new HashMap<>();
    private final List<String> operators = new ArrayList<>();

    private QueryPlan(LogicalPlan plan) {
        collectAliases(plan);
        describe(plan);
    }

    /** The analyzed plan of a query. */
    static LogicalPlan of(Dataset<Row> query) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) query)
                .queryExecution()
                .analyzed();
    }

    /** The query's watermarks and operators, and its output mode. */
    static String text(Dataset<Row> query, String mode) {
        return String.join(", ", new QueryPlan(of(query)).operators) + ", " + mode + " mode";
    }

    /** The method of Spark that the answer called and that threw; empty if the answer's own code threw. */
    static String refusingCall(Throwable thrown) {
        List<StackTraceElement> frames = Arrays.stream(thrown.getStackTrace())
                .takeWhile(frame -> isEngines(frame.getClassName()))
                .filter(frame -> frame.getClassName().startsWith(SPARK))
                .toList();
        return frames.isEmpty() ? "" : frames.get(frames.size() - 1).getMethodName();
    }

    private static boolean isEngines(String className) {
        return className.startsWith(SPARK) || className.startsWith("scala.") || className.startsWith("java.");
    }

    private void collectAliases(LogicalPlan plan) {
        java(plan.children()).forEach(this::collectAliases);
        java(plan.expressions()).forEach(this::collectAliases);
    }

    private void collectAliases(Expression expression) {
        if (expression instanceof Alias alias) {
            aliases.put(alias.exprId().id(), alias.child());
        }
        java(expression.children()).forEach(this::collectAliases);
    }

    private void describe(LogicalPlan plan) {
        java(plan.children()).forEach(this::describe);
        if (plan instanceof EventTimeWatermark watermark) {
            operators.add("Watermark(" + text(watermark.eventTime()) + ", " + watermark.delay() + ")");
        } else if (plan instanceof Aggregate aggregate) {
            operators.add("Aggregate(" + texts(java(aggregate.groupingExpressions())) + ")");
        } else if (!plan.children().isEmpty() && !IGNORED.contains(plan.nodeName())) {
            operators.add(plan.nodeName() + "(" + texts(java(plan.expressions())) + ")");
        }
    }

    /** Expressions in any order. */
    private String texts(List<? extends Expression> expressions) {
        return expressions.stream().map(this::text).distinct().sorted().collect(Collectors.joining(", "));
    }

    private String text(Expression expression) {
        if (expression instanceof AttributeReference column) {
            Expression source = aliases.get(column.exprId().id());
            return source == null ? column.name() : text(source);
        }
        if (expression instanceof Alias alias) {
            return text(alias.child());
        }
        if (expression.children().isEmpty()) {
            return expression.toString().toLowerCase(Locale.ROOT).replaceAll("#\\d+l?", "");
        }
        String type =
                expression instanceof Cast ? " as " + expression.dataType().sql() : "";
        return expression.prettyName() + "("
                + java(expression.children()).stream().map(this::text).collect(Collectors.joining(", ")) + type + ")";
    }

    private static <T> List<T> java(Seq<T> items) {
        return CollectionConverters.asJava(items);
    }
}
