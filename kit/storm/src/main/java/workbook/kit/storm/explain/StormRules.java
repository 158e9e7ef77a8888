package workbook.kit.storm.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for exceptions of Storm. */
final class StormRules {

    private static final List<ExplanationRule> BOLTS = List.of(
            rule(
                    "IllegalStateException: Bolt '\\S+' contains a non-serializable field of type (\\S+), ",
                    "a field of the bolt cannot be serialized: it refers to an object of the class $1.",
                    "Storm sends the bolt to its workers. Make the field transient and set it in prepare(…). A bolt that is"
                            + " an inner class also contains the object around it: make it static."),
            rule(
                    "IllegalArgumentException: Fields for default already set",
                    "the output fields are declared twice.",
                    "A bolt declares its default stream once; declareStream(name, fields) declares others."));

    private static final List<ExplanationRule> TUPLES = List.of(
            rule(
                    "IllegalArgumentException: Tuple created with wrong number of fields\\. Expected (\\d+) fields but got"
                            + " (\\d+) fields",
                    "a tuple has $2 values, but $1 fields are declared.",
                    "emit takes a value for each field of declareOutputFields, in that order."),
            rule(
                    "IllegalArgumentException: (\\S+) does not exist",
                    "the tuple has no field \"$1\".",
                    "Compare the name with those that the spout or bolt before this one declares."),
            rule(
                    "IllegalArgumentException: duplicate field '(\\S+)'",
                    "the field \"$1\" is declared twice in one stream.",
                    "The names of a tuple's fields have to differ."),
            rule(
                    "IllegalArgumentException: No output fields defined for component:stream [^:]+:(\\S+)",
                    "the bolt emits to the stream \"$1\", which it does not declare.",
                    "Call declarer.declareStream(\"$1\", fields) in declareOutputFields."));

    private static final List<ExplanationRule> WINDOWS = List.of(
            rule(
                    "IllegalArgumentException: Window length is not specified",
                    "the windowed bolt has no window.",
                    "Call withTumblingWindow(…) or withWindow(…) before it becomes part of the topology."),
            rule(
                    "IllegalArgumentException: Window duration \\(length \\+ sliding interval\\) value (\\d+) is more than"
                            + " topology\\.message\\.timeout\\.secs value (\\d+)",
                    "the window takes $1 ms with its sliding interval, but tuples time out after $2 ms.",
                    "A windowed bolt acks a tuple when its window is over. Until then it must not time out: shorten the"
                            + " window, or raise topology.message.timeout.secs."));

    static final List<ExplanationRule> ALL =
            Stream.of(BOLTS, TUPLES, WINDOWS).flatMap(List::stream).toList();

    private StormRules() {}
}
