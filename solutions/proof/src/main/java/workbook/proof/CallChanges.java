package workbook.proof;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A call left out of a chain, another method called, an argument left out. */
final class CallChanges {

    /** Methods of the same kind: each is called in place of the others. */
    private static final List<Set<String>> SAME_KIND = List.of(
            Set.of("geq", "gt"),
            Set.of("leq", "lt"),
            Set.of("equalTo", "notEqual", "eqNullSafe"),
            Set.of("isNull", "isNotNull"),
            Set.of("and", "or"),
            Set.of("asc", "desc"),
            Set.of("dropDuplicates", "dropDuplicatesWithinWatermark"),
            Set.of("isBefore", "isAfter"),
            Set.of("plus", "minus"),
            Set.of("headMap", "tailMap"),
            Set.of("floorEntry", "lowerEntry"),
            Set.of("ceilingEntry", "higherEntry"),
            Set.of("firstEntry", "lastEntry"),
            Set.of("firstKey", "lastKey"),
            Set.of("first", "last"),
            Set.of("anyMatch", "allMatch", "noneMatch"),
            Set.of("findFirst", "findAny"),
            Set.of("put", "putIfAbsent"),
            Set.of("getOrDefault", "get"),
            Set.of("floorDiv", "floorMod", "ceilDiv"),
            Set.of("commitSync", "commitAsync"),
            Set.of("ofMillis", "ofSeconds"),
            Set.of("ofSeconds", "ofMinutes"),
            Set.of("ofMinutes", "ofHours"),
            Set.of("ofHours", "ofDays"),
            Set.of("toMillis", "toSeconds"),
            Set.of("seekToBeginning", "seekToEnd"),
            Set.of("beginningOffsets", "endOffsets"),
            Set.of("commitTransaction", "abortTransaction"),
            Set.of("longValueExact", "intValueExact"),
            Set.of("longValue", "intValue"),
            Set.of("latestOffset", "endOffset", "startOffset"),
            Set.of("inputRowsPerSecond", "processedRowsPerSecond"));

    /** Methods with arguments that may be left out, or be in another order. */
    private static final Set<String> LISTS = Set.of(
            "groupBy",
            "partitionBy",
            "dropDuplicates",
            "dropDuplicatesWithinWatermark",
            "orderBy",
            "sort",
            "coalesce",
            "struct",
            "greatest",
            "least");

    /** Methods whose place in a chain matters. */
    private static final Set<String> IN_PLACE = Set.of(
            "withWatermark",
            "where",
            "filter",
            "distinct",
            "dropDuplicates",
            "dropDuplicatesWithinWatermark",
            "orderBy",
            "sort",
            "limit");

    private static final Set<String> FILTERS = Set.of("where", "filter", "select");

    private CallChanges() {}

    static void of(Node node, AnswerMutants mutants) {
        if (node instanceof MethodCallExpr call) {
            call.getScope()
                    .filter(scope -> !isType(scope))
                    .ifPresent(scope -> mutants.remove(mutants.end(scope), mutants.end(call)));
            sameKind(call, mutants);
            swapped(call, mutants);
            if (mutants.text(call).endsWith(".awaitTermination()")) {
                mutants.replace(mutants.begin(call.getName()), mutants.end(call), "awaitTermination(3000)");
            }
            withoutAnArgument(call, mutants);
        }
    }

    private static void sameKind(MethodCallExpr call, AnswerMutants mutants) {
        String name = call.getNameAsString();
        int begin = mutants.begin(call.getName());
        SAME_KIND.stream()
                .filter(kind -> kind.contains(name))
                .flatMap(Set::stream)
                .filter(other -> !other.equals(name))
                .sorted()
                .forEach(other -> mutants.replace(begin, mutants.end(call), other + rest(call, mutants)));
    }

    /** Swaps a call with the one before it in the chain. */
    private static void swapped(MethodCallExpr call, AnswerMutants mutants) {
        if (call.getScope().orElse(null) instanceof MethodCallExpr before
                && before.getScope().isPresent()
                && isOrdered(call.getNameAsString(), before.getNameAsString())) {
            String first = before.getName() + rest(before, mutants);
            String second = call.getName() + rest(call, mutants);
            mutants.replace(
                    mutants.begin(before.getName()),
                    mutants.end(call),
                    second + "." + first,
                    AnswerMutants.shown(second) + " before " + AnswerMutants.shown(first));
        }
    }

    /** Whether the order of two methods matters: a filter may also come before or after the choice of columns. */
    private static boolean isOrdered(String one, String other) {
        return (IN_PLACE.contains(one) || IN_PLACE.contains(other)) && !FILTERS.containsAll(List.of(one, other));
    }

    /** The arguments of a call, with parentheses. */
    private static String rest(MethodCallExpr call, AnswerMutants mutants) {
        String text = mutants.text(call);
        return text.substring(mutants.end(call.getName()) - mutants.begin(call));
    }

    private static void withoutAnArgument(MethodCallExpr call, AnswerMutants mutants) {
        NodeList<Expression> arguments = call.getArguments();
        if (LISTS.contains(call.getNameAsString()) && arguments.size() > 1) {
            for (int i = 0; i < arguments.size(); i++) {
                without(call, i, i + 1, mutants);
            }
        } else if (isMap(call)) {
            for (int i = 0; i < arguments.size(); i += 2) {
                without(call, i, i + 2, mutants);
            }
        }
    }

    private static boolean isMap(MethodCallExpr call) {
        return call.getNameAsString().equals("of")
                && call.getScope()
                        .filter(scope -> scope.toString().equals("Map"))
                        .isPresent()
                && call.getArguments()
                        .getFirst()
                        .filter(LiteralExpr.class::isInstance)
                        .isPresent();
    }

    private static void without(MethodCallExpr call, int from, int to, AnswerMutants mutants) {
        NodeList<Expression> arguments = call.getArguments();
        String others = IntStream.range(0, arguments.size())
                .filter(i -> i < from || i >= to)
                .mapToObj(i -> mutants.text(arguments.get(i)))
                .collect(Collectors.joining(", "));
        String left = arguments.subList(from, to).stream().map(mutants::text).collect(Collectors.joining(", "));
        mutants.replace(
                mutants.begin(arguments.get(0)),
                mutants.end(arguments.get(arguments.size() - 1)),
                others,
                "without " + AnswerMutants.shown(left));
    }

    /** Whether an expression is the name of a class, not a value. */
    private static boolean isType(Expression scope) {
        return scope.isNameExpr() && isCapital(scope.asNameExpr().getNameAsString())
                || scope.isFieldAccessExpr()
                        && isCapital(scope.asFieldAccessExpr().getNameAsString());
    }

    private static boolean isCapital(String name) {
        return Character.isUpperCase(name.charAt(0)) && !name.equals(name.toUpperCase(Locale.ROOT));
    }
}
