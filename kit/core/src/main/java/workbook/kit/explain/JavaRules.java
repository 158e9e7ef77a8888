package workbook.kit.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;

/** The rules for exceptions of Java code, inside a task or outside. */
final class JavaRules {

    private static final String NULL = "NullPointerException: .*because ";

    private static final List<ExplanationRule> NULLS = List.of(
            rule(
                    NULL + "the return value of \"(?:\\S+\\.)?Row\\.get\\w*\\(",
                    "the code used a null value: a column of this row is null.",
                    "A column can be null in any row unless the query excludes it. Filter these rows out first, or check"
                            + " row.isNullAt before you use the value."),
            rule(
                    NULL + "\"this\\.(\\w+)\" is null",
                    "the field `$1` is null.",
                    "Either nothing has assigned it yet, or this object is a copy: Spark sends a function's or a"
                            + " processor's object to its tasks without transient fields. Assign the field where the tasks"
                            + " run: in init(…) or open(…), or on first use."),
            rule(
                    NULL + "\"(?:[\\w$]+\\.)+([\\w$]+\\.\\w+)\" is null",
                    "the field $1 is null.",
                    "Nothing has assigned it in this JVM. A task may run in another one than main."),
            rule(
                    NULL + "the return value of \"(?:[\\w$]+\\.)*([\\w$]+\\.get[A-Z]\\w*)\\(\\)\" is null",
                    "$1() returned null.",
                    "Of a bean that Spark fills, this means that the column is null, or that the bean has no setter for it."
                            + " Otherwise, nothing has assigned the value yet."),
            rule(
                    NULL + "the return value of \"(?:[\\w$]+\\.)*([\\w$]*Map\\.get\\w*)\\(",
                    "$1 returned null: the map has no such key.",
                    "Check for null, or use getOrDefault."),
            rule(
                    NULL + "the return value of \"(?!scala\\.|org\\.apache\\.)(?:[\\w$]+\\.)*([\\w$]+\\.\\w+)\\(",
                    "$1 returned null.",
                    "Check its result for null before you use it."),
            rule(
                    NULL + "\"(?!<)(\\w+)\" is null.*\nat (?!org\\.apache\\.)",
                    "the variable `$1` is null.",
                    "If it is the value of a column: a column can be null in any row unless the query excludes it. Filter"
                            + " these rows out first, or check for null in the code."),
            rule(
                    "NullPointerException.*\nat org\\.apache\\.(\\w+)\\.",
                    "a null value got into the engine's own code.",
                    "Look at what the code passes to it, or returns to it, at this place: an argument, a key, a result, a"
                            + " field of an object. One of them is null and must not be."),
            rule(
                    "NullPointerException",
                    "the code used a null value.",
                    "See which value of this line can be null. If it is that of a column: any row may have null there unless"
                            + " the query excludes it. List.of, Map.of and concurrent collections accept no null."));

    private static final List<ExplanationRule> CASTS = List.of(
            rule(
                    "ClassCastException: class (?:\\S+\\.)?Instant cannot be cast to class (?:\\S+\\.)?Timestamp",
                    "the code expects java.sql.Timestamp, but timestamps here are java.time.Instant.",
                    "Use row.getInstant(i) instead of row.getTimestamp(i), and assign row.getAs to an Instant."),
            rule(
                    "ClassCastException: class \\[B cannot be cast to class (?:\\S+\\.)?String",
                    "the code expects text, but the value is bytes.",
                    "Keys and values of Kafka are bytes. In a consumer, set StringDeserializer; in a query, CAST(value AS"
                            + " STRING); of bytes in the code, new String(bytes, StandardCharsets.UTF_8)."),
            rule(
                    "ClassCastException: class (\\S+) cannot be cast to class (\\S+).*\nat org\\.apache\\.(?!spark\\.sql\\.Row)",
                    "the engine expects $2 here, but the code gave it $1.",
                    "A value has another class than its declared type: the encoder, the DataType of a UDF, the schema of a"
                            + " row, or a type parameter."),
            rule(
                    "ClassCastException: class (\\S+) cannot be cast to class (\\S+)",
                    "the code expects $2, but the value is $1.",
                    "Methods such as row.getAs return the value's own type, and Java checks it only at the assignment. For"
                            + " a row, printSchema() prints the types of its columns."));

    private static final List<ExplanationRule> OTHERS = List.of(
            rule(
                    "ArithmeticException: / by zero",
                    "the code divided by zero.",
                    "The divisor is 0 in some row. Check it before you divide."),
            rule(
                    "(?:Array|String)?IndexOutOfBoundsException: .*?(?:Index|index) (-?\\d+)(?:,| out of bounds for)"
                            + " length (\\d+).*\nat org\\.apache\\.spark\\.sql\\.",
                    "a row has $2 values, and the code or its schema asks for value $1, counted from 0.",
                    "A Row that the code creates must have a value for each column of its schema. Of a row that it reads,"
                            + " printSchema() prints the columns."),
            rule(
                    "(?:Array|String)?IndexOutOfBoundsException: .*?(?:Index|index) (-?\\d+)(?:,| out of bounds for)"
                            + " length (\\d+)",
                    "the code accessed index $1, but the length is $2.",
                    "Indexes start at 0. A split text may have fewer parts than expected."),
            rule(
                    "NoSuchElementException: (?:head of empty|next on empty|No value present)",
                    "the code read the first element, but there is none.",
                    "head() and first() throw if a Dataset has no rows, and get() if an Optional is empty. Check"
                            + " isEmpty() first, or provide a default."),
            rule(
                    "StackOverflowError",
                    "a method calls itself without end.",
                    "Find the recursive call and the condition that should stop it."),
            rule(
                    "Interrupt(?:ed)?Exception",
                    "the thread was interrupted while it waited.",
                    "Another thread asked it to stop: a check at its end, or a query that was stopped."),
            rule(
                    "TimeoutException",
                    "the code waited until its timeout expired.",
                    "Check that the event it waits for can happen. If it only takes longer, increase the timeout."));

    static final List<ExplanationRule> ALL =
            Stream.of(NULLS, CASTS, OTHERS).flatMap(List::stream).toList();

    private JavaRules() {}
}
