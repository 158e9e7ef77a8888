package workbook.kit.kafkastreams.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for exceptions of Kafka Streams. */
final class KafkaStreamsRules {

    private static final List<ExplanationRule> SERDES = List.of(
            rule(
                    "StreamsException: Failed to initialize (key|value) serdes for source node",
                    "no serde is named for the $1s of a topic that is read.",
                    "Name both: builder.stream(topic, Consumed.with(keySerde, valueSerde))."),
            rule(
                    "StreamsException: Failed to initialize (key|value) serdes for sink node",
                    "no serde is named for the $1s of a topic that is written.",
                    "Name both: .to(topic, Produced.with(keySerde, valueSerde)), and Grouped.with(…) where records are"
                            + " grouped by another key. After a step that may change a type, such as mapValues, the serde"
                            + " of the source does not apply any more."),
            rule(
                    "StreamsException: Failed to initialize (key|value) serdes for store",
                    "no serde is named for the $1s of a state store.",
                    "Name both where the store is created: aggregate(…, Materialized.with(keySerde, valueSerde))."),
            rule(
                    "ConfigException: Please specify a (key|value) serde",
                    "an operator needs a serde for its $1s, and none is named.",
                    "The configuration has no default. Name the serdes: Consumed.with(…), Grouped.with(…),"
                            + " Materialized.with(…), Produced.with(…)."),
            rule(
                    "StreamsException: ClassCastException while producing data to topic (\\S+)\\. The (key|value)"
                            + " serializer (\\S+) is not compatible to the actual (?:key|value) type: (\\S+)\\. ",
                    "the $2 has the class $4, but is written with $3.",
                    "Name a serde of its class: Produced.with(keySerde, valueSerde)."),
            rule(
                    "StreamsException: Deserialization exception handler is set to fail",
                    "a record cannot be read with the serdes that are named for its topic.",
                    "A serde reads only what was written in its format. Check the types in Consumed.with(…)."));

    private static final List<ExplanationRule> FUNCTIONS = List.of(
            rule(
                    "StreamsException: Fatal user code error in TimestampExtractor callback",
                    "the timestamp extractor threw an exception.",
                    "It gets every record of the topic. record.value() has the class that the topic's value serde"
                            + " reads."),
            rule(
                    "NullPointerException: The provided KeyValueMapper returned null",
                    "the function of map or flatMap returned null.",
                    "Return a KeyValue. To leave a record out, filter it before."),
            rule(
                    "IllegalArgumentException: \\S+ generates single reference",
                    "all tasks would share one processor, whose state belongs to one of them.",
                    "The supplier has to create a new one at each call: Sums::new."));

    private static final List<ExplanationRule> WINDOWS = List.of(
            rule(
                    "IllegalArgumentException: Grace period must not be negative",
                    "the grace period is negative.",
                    "It is how long a window stays open after its end."),
            rule(
                    "IllegalArgumentException: Window size \\(sizeMs\\) must be larger than zero",
                    "the window has no length.",
                    "Pass a Duration above zero."),
            rule(
                    "IllegalArgumentException: Window advancement interval should be more than zero and less than"
                            + " window duration which is (\\d+) ms, but given advancement interval is: (-?\\d+) ms",
                    "the windows are $1 ms long and cannot advance by $2 ms.",
                    "advanceBy says how often a window begins: above zero, and at most the window's length, so that"
                            + " every record is in one."),
            rule(
                    "IllegalArgumentException: The retention period of the window store \\S+ must be no smaller",
                    "the store would delete windows that are still open.",
                    "It has to keep them for their length plus the grace period, which is the default. Leave"
                            + " withRetention out, or pass more."));

    private static final List<ExplanationRule> TOPOLOGIES = List.of(
            rule(
                    "TopologyException: Invalid topology: StateStore (\\S+) is not added yet",
                    "the processor names the store \"$1\", which the builder does not have.",
                    "Call builder.addStateStore(…) before .process(…, \"$1\")."),
            rule(
                    "StreamsException: Processor \\S+ has no access to StateStore (\\S+)",
                    "the processor uses the store \"$1\", but is not connected to it.",
                    "Name the store where the processor is added: .process(…, \"$1\")."),
            rule(
                    "TopologyException: Invalid topology: A different StateStore has already been added with the name"
                            + " (\\S+)",
                    "two stores have the name \"$1\".",
                    "An aggregation creates its own store, and Materialized.as(…) names it. Give each store a name of"
                            + " its own."),
            rule(
                    "TopologyException: Invalid topology: Topic (\\S+) has already been registered by another source",
                    "the topic \"$1\" is read in two ways.",
                    "Read it once, as a stream or as a table, and use the result twice."));

    static final List<ExplanationRule> ALL = Stream.of(SERDES, FUNCTIONS, WINDOWS, TOPOLOGIES)
            .flatMap(List::stream)
            .toList();

    private KafkaStreamsRules() {}
}
