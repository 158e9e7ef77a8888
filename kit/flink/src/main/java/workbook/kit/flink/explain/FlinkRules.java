package workbook.kit.flink.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for exceptions of Flink. */
final class FlinkRules {

    private static final List<ExplanationRule> FUNCTIONS = List.of(
            rule(
                    "InvalidTypesException: The generic type parameters of '(\\w+)' are missing",
                    "Flink cannot see which type this function returns.",
                    "A lambda keeps no type parameters, such as those of $1. Name the type behind it,"
                            + " .returns(Note.class) or .returns(Types.TUPLE(…)), or write a class in place of the"
                            + " lambda."),
            rule(
                    "InvalidProgramException: Object \\S+ is not serializable",
                    "a function refers to an object that cannot be sent to a task.",
                    "Flink serializes a function with the variables that it uses and, if it calls a method of the"
                            + " object around it, with that object. Use local variables and static methods, or create the"
                            + " object in open(…) of a rich function."));

    private static final List<ExplanationRule> KEYS = List.of(
            rule(
                    "NullPointerException: Assigned key must not be null",
                    "a key is null.",
                    "The key decides which task gets a row, so every row needs one. Give null a value of its own, such"
                            + " as a text."),
            rule(
                    "InvalidProgramException: Type (\\S+) cannot be used as key",
                    "rows cannot be grouped by a key of this type.",
                    "A key needs a hash code that is the same in every JVM: a text, a number, or a record of these. An"
                            + " array has none."));

    private static final List<ExplanationRule> TIME = List.of(
            rule(
                    "RuntimeException: Record has Long.MIN_VALUE timestamp",
                    "the rows have no timestamps, which event-time windows need.",
                    "Call assignTimestampsAndWatermarks(…), with a timestamp assigner, before keyBy(…)."),
            rule(
                    "IllegalArgumentException: maxOutOfOrderness cannot be negative",
                    "the bound of the watermark strategy is negative.",
                    "It is how far rows may lag behind the newest one."),
            rule(
                    "IllegalArgumentException: TumblingEventTimeWindows parameters must satisfy",
                    "the window has no length, or its offset is not shorter.",
                    "The first argument is the length, above zero. The second moves the windows by less than that."),
            rule(
                    "IllegalArgumentException: SlidingEventTimeWindows parameters must satisfy",
                    "the window has no length, or does not advance.",
                    "The first argument is the length, the second says how often a window begins. Both are above"
                            + " zero."),
            rule(
                    "IllegalArgumentException: The allowed lateness cannot be negative",
                    "the allowed lateness is negative.",
                    "It is how long a window is kept after it was emitted, for late rows."));

    private static final List<ExplanationRule> STATE = List.of(
            rule(
                    "NullPointerException: Keyed state '([^']+)'",
                    "the state `$1` belongs to a key, and this stream has none.",
                    "Call keyBy(…) before the function."),
            rule(
                    "UnsupportedOperationException: Setting timers is only supported on a keyed",
                    "a timer belongs to a key, and this stream has none.",
                    "Call keyBy(…), and use a KeyedProcessFunction."),
            rule(
                    "IllegalStateException: The runtime context has not been initialized",
                    "the function asks for its state before it is in a task.",
                    "The constructor and the initial values of fields run where the job is built. Get the state in"
                            + " open(…)."));

    static final List<ExplanationRule> ALL =
            Stream.of(FUNCTIONS, KEYS, TIME, STATE).flatMap(List::stream).toList();

    private FlinkRules() {}
}
