package workbook.proof;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LongLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Numbers, durations and settings a little and much off; comparisons and types within texts. */
final class ConstantChanges {

    private static final Pattern NUMBER = Pattern.compile("[\\d_]+(?:\\.[\\d_]+)?");
    private static final Pattern DURATION =
            Pattern.compile("\\b(\\d+) (millisecond|second|minute|hour|day|week|month)s?\\b", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> SMALLER =
            Map.of("week", "6 days", "day", "23 hours", "hour", "59 minutes", "minute", "59 seconds");
    private static final Map<String, String> LARGER =
            Map.of("week", "8 days", "day", "25 hours", "hour", "61 minutes", "minute", "61 seconds");

    /** Operators and conditions of SQL, operators with a blank on both sides, and types. */
    private static final List<Part> SQL = List.of(
            new Part("(?<= )>=(?= )", ">"),
            new Part("(?<= )>(?= )", ">="),
            new Part("(?<= )<=(?= )", "<"),
            new Part("(?<= )<(?= )", "<="),
            new Part("(?<= )and(?= )", "OR"),
            new Part("(?<= )or(?= )", "AND"),
            new Part("\\bis not null\\b", "IS NULL"),
            new Part("\\bis null\\b", "IS NOT NULL"),
            new Part("\\bbigint\\b", "int"),
            new Part("\\bdouble\\b", "float"),
            new Part("\\bdecimal\\(\\d+, ?[1-9]\\d*\\)", "decimal(38,0)", "double"));

    /** Functions, frames, orders and conditions of a query in SQL. */
    private static final List<Part> QUERY = List.of(
            new Part("\\brow_number(?=\\()", "rank", "dense_rank"),
            new Part("\\bsum(?=\\()", "max", "avg", "first"),
            new Part("\\bROWS(?= BETWEEN)", "RANGE"),
            new Part("\\bwhere\\b[^\"]*?(?=\\b(?:group|window|order|having)\\b)", ""),
            new Part("\\bpartition by \\w+", ""),
            new Part("(?<=\\bORDER BY )(\\w+), \\w+", "$1", "$1 DESC"),
            new Part("(?<=\\bORDER BY )\\w+, (\\w+)", "$1"),
            new Part("\\bROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", ""),
            new Part("\\bUNBOUNDED PRECEDING", "1 PRECEDING"));

    private static final List<List<String>> ALTERNATIVES = List.of(
            List.of("append", "complete", "update"),
            List.of("earliest", "latest", "none"),
            List.of("left", "inner", "full", "left_semi"),
            List.of("left_outer", "inner"),
            List.of("leftOuter", "inner"),
            List.of("overwrite", "append"),
            List.of("read_committed", "read_uncommitted"),
            List.of("all", "1", "0"),
            List.of("true", "false"),
            List.of("PERMISSIVE", "DROPMALFORMED", "FAILFAST"),
            List.of("long", "int"));

    private static final List<List<String>> NAMED = List.of(
            List.of("RoundingMode.HALF_UP", "RoundingMode.HALF_EVEN", "RoundingMode.DOWN", "RoundingMode.UP"),
            List.of("RoundingMode.FLOOR", "RoundingMode.CEILING"),
            List.of("SaveMode.Overwrite", "SaveMode.Append", "SaveMode.Ignore", "SaveMode.ErrorIfExists"),
            List.of("ChronoUnit.SECONDS", "ChronoUnit.MINUTES", "ChronoUnit.HOURS", "ChronoUnit.DAYS"),
            List.of("OutputMode.Append()", "OutputMode.Update()", "OutputMode.Complete()"),
            List.of("TimeMode.EventTime()", "TimeMode.ProcessingTime()", "TimeMode.None()"),
            List.of("GroupStateTimeout.EventTimeTimeout()", "GroupStateTimeout.NoTimeout()"),
            List.of("Trigger.AvailableNow()", "Trigger.Once()", "Trigger.ProcessingTime(100)"));

    /** What occurs within a text, in capital or small letters, and what to write instead; {@code $1} is its first group. */
    private record Part(Pattern pattern, List<String> others) {
        Part(String pattern, String... others) {
            this(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), List.of(others));
        }
    }

    private ConstantChanges() {}

    static void of(Node node, AnswerMutants mutants) {
        if (node instanceof IntegerLiteralExpr
                || node instanceof LongLiteralExpr
                || node instanceof DoubleLiteralExpr) {
            number(node, mutants);
        } else if (node instanceof BooleanLiteralExpr literal) {
            mutants.replace(node, String.valueOf(!literal.getValue()));
        } else if (node instanceof StringLiteralExpr literal) {
            others(ALTERNATIVES, literal.getValue()).forEach(other -> mutants.replace(node, '"' + other + '"'));
            text(node, mutants);
        } else if (node instanceof TextBlockLiteralExpr) {
            text(node, mutants);
            parts(QUERY, node, mutants);
        } else if (node instanceof FieldAccessExpr || node instanceof MethodCallExpr) {
            others(NAMED, mutants.text(node)).forEach(other -> mutants.replace(node, other));
        }
    }

    private static Stream<String> others(List<List<String>> alternatives, String value) {
        return alternatives.stream()
                .filter(all -> all.contains(value))
                .flatMap(List::stream)
                .filter(other -> !other.equals(value))
                .distinct();
    }

    private static void number(Node node, AnswerMutants mutants) {
        String text = mutants.text(node);
        String suffix = text.matches(".*[lLdDfF]") ? text.substring(text.length() - 1) : "";
        String digits = text.substring(0, text.length() - suffix.length());
        if (NUMBER.matcher(digits).matches() && !ColumnChanges.countsRows(node)) {
            others(digits).forEach(other -> mutants.replace(node, other + suffix));
        }
    }

    /** One less, one more, twice as much and nothing. */
    private static Stream<String> others(String digits) {
        BigDecimal value = new BigDecimal(digits.replace("_", ""));
        return Stream.of(
                        value.subtract(BigDecimal.ONE),
                        value.add(BigDecimal.ONE),
                        value.multiply(BigDecimal.valueOf(2)),
                        BigDecimal.ZERO.setScale(value.scale()))
                .filter(other -> !other.equals(value))
                .map(BigDecimal::toPlainString)
                .distinct();
    }

    /** Changes each part of a text that has a meaning of its own. */
    private static void text(Node node, AnswerMutants mutants) {
        String text = mutants.text(node);
        int begin = mutants.begin(node);
        String value = text.replace("\"", "");
        if (NUMBER.matcher(value).matches()) {
            others(value).forEach(other -> mutants.replace(node, '"' + other + '"'));
        }
        parts(DURATION, text)
                .forEach(part -> durations(Integer.parseInt(part.group(1)), part.group(2))
                        .forEach(other -> replacePart(begin, part, other, mutants)));
        parts(SQL, node, mutants);
    }

    private static void parts(List<Part> known, Node node, AnswerMutants mutants) {
        String text = mutants.text(node);
        for (Part part : known) {
            parts(part.pattern, text)
                    .forEach(found -> part.others.forEach(other -> {
                        String first = found.groupCount() > 0 ? found.group(1) : "";
                        replacePart(mutants.begin(node), found, other.replace("$1", first), mutants);
                    }));
        }
    }

    private static Stream<String> durations(int number, String unit) {
        String small = unit.toLowerCase(Locale.ROOT);
        Stream<String> little = number == 1 && SMALLER.containsKey(small)
                ? Stream.of(SMALLER.get(small), LARGER.get(small))
                : Stream.of(number - 1 + " " + unit + "s", number + 1 + " " + unit + "s");
        Stream<String> much = Stream.of(number / 10 + " " + unit + "s", number * 10 + " " + unit + "s");
        return Stream.concat(little, much).distinct();
    }

    private static void replacePart(int begin, MatchResult part, String other, AnswerMutants mutants) {
        mutants.replace(begin + part.start(), begin + part.end(), other);
    }

    private static Stream<MatchResult> parts(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
