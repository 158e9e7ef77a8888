package workbook.proof;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.ArrayInitializerExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Other aggregates, other grouping columns, other orders, values made smaller: what people confuse in Spark's functions. */
final class ColumnChanges {

    private static final String FUNCTIONS = "org.apache.spark.sql.functions.";

    private static final Map<String, List<String>> OTHER_FUNCTIONS = Map.ofEntries(
            Map.entry("sum", List.of("max", "avg", "first", "sum_distinct")),
            Map.entry("avg", List.of("sum", "max")),
            Map.entry("max", List.of("min", "last")),
            Map.entry("min", List.of("max", "first")),
            Map.entry("first", List.of("last", "min")),
            Map.entry("last", List.of("first", "max")),
            Map.entry("count", List.of("approx_count_distinct", "count_distinct")),
            Map.entry("count_distinct", List.of("count", "approx_count_distinct")),
            Map.entry("countDistinct", List.of("count", "approx_count_distinct")),
            Map.entry("approx_count_distinct", List.of("count", "count_distinct")),
            Map.entry("max_by", List.of("min_by")),
            Map.entry("min_by", List.of("max_by")),
            Map.entry("collect_list", List.of("collect_set")),
            Map.entry("collect_set", List.of("collect_list")),
            Map.entry("round", List.of("bround", "floor", "ceil")),
            Map.entry("floor", List.of("ceil", "round")),
            Map.entry("ceil", List.of("floor", "round")),
            Map.entry("row_number", List.of("rank", "dense_rank")),
            Map.entry("greatest", List.of("least")),
            Map.entry("least", List.of("greatest")));

    /** Types other than that of a function's result. */
    private static final Map<String, List<String>> OTHER_TYPES = Map.of(
            "sum", List.of("decimal(10,2)", "double", "int"),
            "avg", List.of("float", "decimal(10,2)"),
            "count", List.of("int"),
            "row_number", List.of("bigint"));

    /** Methods that take one more column, with the columns of payments that they may get. */
    private static final Map<String, List<String>> ONE_MORE = Map.of(
            "groupBy", List.of("id", "customer", "terminal"),
            "partitionBy", List.of("id", "terminal"),
            "dropDuplicates", List.of("time", "customer"),
            "dropDuplicatesWithinWatermark", List.of("time", "customer"));

    private static final Set<String> COMPARISONS = Set.of("geq", "gt", "leq", "lt");

    private ColumnChanges() {}

    static void of(Node node, AnswerMutants mutants) {
        if (node instanceof ArrayInitializerExpr names) {
            names(names, mutants);
        }
        if (!(node instanceof MethodCallExpr call)) {
            return;
        }
        if (call.getScope().isEmpty()) {
            function(call, mutants);
        } else {
            method(call, mutants);
        }
    }

    private static void function(MethodCallExpr call, AnswerMutants mutants) {
        String name = call.getNameAsString();
        String arguments = mutants.text(call).substring(name.length());
        if (isCountOfRows(call)) {
            countOf("approx_count_distinct", "id", call, mutants);
            if (mutants.hasNulls()) {
                countOf("count", "id", call, mutants);
                countOf("count", "amount", call, mutants);
            }
        } else {
            OTHER_FUNCTIONS
                    .getOrDefault(name, List.of())
                    .forEach(other -> mutants.replace(call, FUNCTIONS + other + arguments));
        }
        nothing(call, mutants);
        OTHER_TYPES
                .getOrDefault(name, List.of())
                .forEach(type -> mutants.replace(call, mutants.text(call) + ".cast(\"" + type + "\")"));
        if (isTimeColumn(call) && !isArgumentOf("window", call)) {
            mutants.replace(call, FUNCTIONS + "date_trunc(\"second\", " + mutants.text(call) + ")");
        }
    }

    private static void countOf(String function, String column, MethodCallExpr call, AnswerMutants mutants) {
        mutants.replace(call, FUNCTIONS + function + "(" + FUNCTIONS + "col(\"" + column + "\"))");
    }

    private static boolean isTimeColumn(MethodCallExpr call) {
        return call.toString().matches("col\\(\".*[tT]ime\"\\)");
    }

    /** A window of Spark begins and ends at a whole second, so it contains the same times without their fractions. */
    private static boolean isArgumentOf(String function, MethodCallExpr call) {
        return call.getParentNode().orElseThrow() instanceof MethodCallExpr parent
                && parent.getNameAsString().equals(function);
    }

    /**
     * Zero in place of the null sum of no values, null in place of a count of zero. A group has at least one row, so its count
     * of rows is not zero, and its sum is null only if values are.
     */
    private static void nothing(MethodCallExpr call, AnswerMutants mutants) {
        String other = Map.of("sum", "coalesce", "count", "nullif").get(call.getNameAsString());
        boolean isOfGroup = Ancestors.of(call, MethodDeclaration.class)
                .anyMatch(method -> method.toString().contains(".groupBy("));
        if (other != null && !(isOfGroup && (isCountOfRows(call) || !mutants.hasNulls()))) {
            mutants.replace(call, FUNCTIONS + other + "(" + mutants.text(call) + ", " + FUNCTIONS + "lit(0))");
        }
    }

    private static void method(MethodCallExpr call, AnswerMutants mutants) {
        String name = call.getNameAsString();
        ONE_MORE.getOrDefault(name, List.of()).forEach(column -> oneMore(call, column, mutants));
        if (name.equals("orderBy") || name.equals("sort")) {
            call.getArguments().forEach(column -> descending(column, mutants));
        }
        Expression scope = call.getScope().orElseThrow();
        if (COMPARISONS.contains(name)) {
            mutants.replace(scope, FUNCTIONS + "abs(" + mutants.text(scope) + ")");
            if (mutants.hasNulls()) {
                mutants.replace(scope, FUNCTIONS + "coalesce(" + mutants.text(scope) + ", " + FUNCTIONS + "lit(0))");
            }
        }
        boolean isConverted = call.getParentNode().orElseThrow() instanceof MethodCallExpr parent && inMillis(parent);
        if (isTime(call) && !isConverted) {
            String seconds = ".truncatedTo(java.time.temporal.ChronoUnit.SECONDS)";
            mutants.replace(call, mutants.text(call) + seconds);
        } else if (inMillis(call)) {
            mutants.replace(call, "(" + mutants.text(call) + " / 1000 * 1000)");
        }
    }

    private static boolean inMillis(MethodCallExpr call) {
        return List.of("toEpochMilli", "toMillis").contains(call.getNameAsString());
    }

    /** Whether a call returns a time, as far as its text tells: {@code payment.time()} or {@code row.<Instant>getAs("time")}. */
    private static boolean isTime(MethodCallExpr call) {
        return call.getNameAsString().equals("time")
                || call.getNameAsString().equals("getInstant")
                || call.getTypeArguments()
                        .filter(types -> types.toString().equals("[Instant]"))
                        .isPresent();
    }

    private static void oneMore(MethodCallExpr call, String column, AnswerMutants mutants) {
        NodeList<Expression> arguments = call.getArguments();
        if (arguments.isEmpty() || arguments.toString().contains('"' + column + '"')) {
            return;
        }
        boolean areNames = arguments.stream().allMatch(argument -> argument instanceof StringLiteralExpr);
        String added = areNames ? '"' + column + '"' : FUNCTIONS + "col(\"" + column + "\")";
        String all = arguments.stream().map(mutants::text).collect(Collectors.joining(", ")) + ", " + added;
        mutants.replace(
                mutants.begin(arguments.get(0)),
                mutants.end(arguments.get(arguments.size() - 1)),
                all,
                AnswerMutants.shown(call.getNameAsString()) + " with " + AnswerMutants.shown(added));
    }

    /** An array of column names gets one more, or loses one. */
    private static void names(ArrayInitializerExpr names, AnswerMutants mutants) {
        List<String> columns = names.getValues().stream()
                .filter(Expression::isStringLiteralExpr)
                .map(mutants::text)
                .toList();
        if (columns.isEmpty() || columns.size() < names.getValues().size()) {
            return;
        }
        Stream.of("\"time\"", "\"customer\"", "\"terminal\"", "\"amount\"")
                .filter(column -> !columns.contains(column))
                .forEach(column -> mutants.replace(names, array(Stream.concat(columns.stream(), Stream.of(column)))));
        columns.forEach(column ->
                mutants.replace(names, array(columns.stream().filter(other -> !other.equals(column)))));
    }

    private static String array(Stream<String> values) {
        return values.collect(Collectors.joining(", ", "{", "}"));
    }

    private static void descending(Expression column, AnswerMutants mutants) {
        boolean isDirected =
                column instanceof MethodCallExpr call && List.of("asc", "desc").contains(call.getNameAsString());
        if (!isDirected) {
            mutants.replace(column, mutants.text(column) + ".desc()");
        }
    }

    /** Whether a node is {@code 1} in {@code count(lit(1))}, which counts the same with any number. */
    static boolean countsRows(Node literal) {
        return literal.getParentNode()
                .flatMap(Node::getParentNode)
                .filter(ColumnChanges::isCountOfRows)
                .isPresent();
    }

    private static boolean isCountOfRows(Node node) {
        return node instanceof MethodCallExpr call
                && call.getNameAsString().equals("count")
                && call.getArguments().toString().startsWith("[lit(");
    }
}
