package workbook.kit.beam.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for exceptions of Beam. */
final class BeamRules {

    private static final List<ExplanationRule> WINDOWS = List.of(
            rule(
                    "IllegalStateException: GroupByKey cannot be applied to (?:non-bounded|an unbounded) PCollection in the"
                            + " GlobalWindow",
                    "a stream is grouped without windows: its groups would never be complete.",
                    "Apply Window.into(FixedWindows.of(…)) first, or a trigger."),
            rule(
                    "IllegalArgumentException: .*requires that the allowed lateness be specified",
                    "a trigger is set, but not for how long a window accepts late elements.",
                    "Add withAllowedLateness(…); Duration.ZERO accepts none."),
            rule(
                    "IllegalArgumentException: .*requires that the accumulation mode be specified",
                    "a window may be emitted several times, and Beam does not know what each row contains.",
                    "Add discardingFiredPanes(), what is new, or accumulatingFiredPanes(), everything so far. With the"
                            + " default trigger and no allowed lateness there is one row and no question."));

    private static final List<ExplanationRule> CODERS = List.of(
            rule(
                    "IllegalStateException: Unable to return a default Coder for ([^\\[]+?)(?: \\[|\\.|$)",
                    "Beam finds no coder for the output of $1.",
                    "Name the type with into(TypeDescriptor.of(…)), or the coder with setCoder(…). A type parameter, or a"
                            + " class that nobody has registered a coder for, cannot be written."),
            rule(
                    "NonDeterministicException: (.+?) is not deterministic because",
                    "the keys of a group are compared as bytes, and their coder $1 may write equal keys in different ways.",
                    "Choose a key with another coder, such as a text or a number, or set one whose verifyDeterministic()"
                            + " does not throw."),
            rule(
                    "CoderException: cannot encode a null (\\S+)",
                    "a null $1 has to be written, and its coder cannot.",
                    "Between two transforms elements are bytes. Use NullableCoder.of(…), or a value for what is unknown."),
            rule(
                    "IllegalArgumentException: unable to serialize ",
                    "a function cannot be serialized.",
                    "Beam copies functions to where they run. A DoFn that is an inner class contains the object around it:"
                            + " make it static. Create what cannot be serialized in a @Setup method."));

    private static final List<ExplanationRule> FUNCTIONS = List.of(
            rule(
                    "IllegalMutationException: PTransform (.+?) (?:mutated|illegaly mutated|illegally mutated) value",
                    "the transform $1 has changed an element that it got or emitted.",
                    "Elements are immutable: others may read the same object. Create a new one."),
            rule(
                    "IllegalArgumentException: Cannot output with timestamp (\\S+?)\\. Output timestamps must be no earlier"
                            + " than the timestamp of the current input or timer \\((\\S+?)\\)",
                    "an element of $2 was emitted with the earlier timestamp $1.",
                    "The watermark may have passed that time, so Beam does not permit it. Keep the element's timestamp:"
                            + " the source sets the event time."));

    static final List<ExplanationRule> ALL =
            Stream.of(WINDOWS, CODERS, FUNCTIONS).flatMap(List::stream).toList();

    private BeamRules() {}
}
