package workbook.check.explain;

import static workbook.check.engine.ExplanationRule.rule;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import workbook.check.engine.Engine;
import workbook.check.engine.Engines;
import workbook.check.engine.ExplanationRule;

/**
 * The failures that learners meet, in words of their own trade. The first rule that fits any of an exception's causes
 * is used, hence the more exact ones stand first: those of the engines, then Kafka's, then Java's own.
 */
final class ExplanationRules {

    /** What Java says of the code, on its own or inside a task. */
    private static final List<ExplanationRule> CODE = List.of(
            rule(
                    "SerializationException: Can't convert (key|value) of class (\\S+) to class (\\S+)",
                    "the $1 has the class $2, but the producer writes it with $3.",
                    "Pick the $1.serializer that fits, or turn the $1 into what it takes."),
            rule(
                    "ClassCastException: class (?:\\S+\\.)?Instant cannot be cast to class (?:\\S+\\.)?Timestamp",
                    "the code asks for a java.sql.Timestamp, but here times come as java.time.Instant.",
                    "Use row.getInstant(i) in place of row.getTimestamp(i), and Instant where row.getAs is assigned."),
            rule(
                    "ClassCastException: class (\\S+) cannot be cast to class (\\S+)",
                    "the code expects $2, but the value is $1.",
                    "row.getAs returns whatever the column holds, and Java only finds out when it is assigned."
                            + " printSchema() tells a column's type."),
            rule(
                    "NullPointerException",
                    "the code met a null.",
                    "A column may be null in any row unless something made sure of the opposite. Filter such rows out"
                            + " before, or ask for null in the code."),
            rule(
                    "ArithmeticException: / by zero",
                    "the code divided by zero.",
                    "Some row made the divisor 0. Ask for it before you divide."),
            rule(
                    "(?:Array|String)?IndexOutOfBoundsException: .*?(?:Index|index) (-?\\d+)(?:,| out of bounds for) length (\\d+)",
                    "the code asked for element $1, and there are only $2.",
                    "Elements are counted from 0. A text that was split may have fewer parts than usual; a Row made by the code"
                            + " may have fewer values than its schema."),
            rule(
                    "NoSuchElementException: (?:head of empty|next on empty|No value present)",
                    "the code took the first of nothing.",
                    "head() and first() throw where a table has no row, and get() where an Optional is empty. Ask"
                            + " isEmpty() before, or say what stands in its place."),
            rule(
                    "StackOverflowError",
                    "a method called itself without end.",
                    "Look for the call that leads back into the same method, and for the condition that should have"
                            + " stopped it."),
            rule(
                    "TimeoutException",
                    "the code waited for something that did not come in time.",
                    "Is it certain to come at all? If it only takes longer, wait longer."));

    /** What Kafka's broker, its clients and Spark's connector say. */
    private static final List<ExplanationRule> KAFKA = List.of(
            rule(
                    "TimeoutException: Topic (\\S+) not present in metadata",
                    "there is no topic \"$1\" on this broker.",
                    "Is it spelt right? The broker makes no topics of its own accord: create it first."),
            rule(
                    "UnknownTopicOrPartitionException",
                    "the topic does not exist on this broker.",
                    "Is it spelt right in `subscribe`? The broker makes no topics of its own accord: create it first."),
            rule(
                    "TimeoutException: Timed out waiting for a node assignment",
                    "no Kafka broker answered.",
                    "Is bootstrap.servers the address of one that runs? LocalKafka tells its own:"
                            + " kafka.bootstrapServers()."),
            rule(
                    "IllegalArgumentException: Option 'kafka.bootstrap.servers' must be specified",
                    "the Kafka source or sink was not told where the broker is.",
                    "Add .option(\"kafka.bootstrap.servers\", …). With Spark, the settings of Kafka's own clients begin"
                            + " with \"kafka.\"."),
            rule(
                    "IllegalArgumentException: One of the following options must be specified for Kafka source",
                    "the Kafka source was not told which topic to read.",
                    "Add .option(\"subscribe\", \"…\")."),
            rule(
                    "IllegalArgumentException: starting offset can't be latest for batch queries",
                    "a table read from the latest record on would always be empty.",
                    "A stream may begin there and wait; a table begins with earliest, or with a startingTimestamp."),
            rule(
                    "IllegalArgumentException: No offset matched from request of topic-partition",
                    "a partition of the topic has no record as young as startingTimestamp.",
                    "Spark cannot tell whether it is idle or the time is wrong. If such a partition is to give nothing,"
                            + " set startingOffsetsByTimestampStrategy to latest."),
            rule(
                    "IllegalArgumentException: Expected a single long value, got (\\S+)",
                    "\"$1\" is not a time that the Kafka source understands.",
                    "It takes milliseconds since 1970: Instant.toEpochMilli()."),
            rule(
                    "AnalysisException: (\\w+) attribute unsupported type (\\w+)",
                    "the Kafka sink takes text or bytes, and the column `$1` has the type $2.",
                    "Cast it, CAST($1 AS STRING), or put several columns into one text: to_json(struct(…)) AS $1."),
            rule(
                    "AnalysisException: Required attribute 'value' not found",
                    "the Kafka sink writes a column named `value`, and there is none.",
                    "Put what a record should hold into one text column: to_json(struct(…)) AS value. A column `key`"
                            + " may stand beside it."),
            rule(
                    "AnalysisException: topic option required",
                    "the Kafka sink was not told which topic to write to.",
                    "Add .option(\"topic\", \"…\"), or a column `topic` that says it for each row."),
            rule(
                    "ConfigException: .* (?:for configuration |configuration \")((?:key|value)\\.(?:de)?serializer)",
                    "the client was not told how to turn objects into bytes: $1 is missing.",
                    "For text it is StringSerializer in a producer and StringDeserializer in a consumer."),
            rule(
                    "RecordTooLargeException: The message is (\\d+) bytes .* larger than (\\d+)",
                    "a record of $1 bytes is too large: the producer sends $2 at most.",
                    "Kafka is made for small records. Send the pieces, or store the large thing elsewhere and send where"
                            + " it lies; max.request.size raises the limit if broker and topic allow it too."),
            rule(
                    "InvalidGroupIdException",
                    "the consumer was to remember how far it has read, and belongs to no group.",
                    "Offsets are kept for a group. Set group.id, or do not commit."),
            rule(
                    "CommitFailedException",
                    "the commit was refused: this consumer is no member of its group.",
                    "Whoever takes partitions with assign() has never been one, and beside members that have subscribed"
                            + " it cannot commit. Whoever has subscribed is one no longer after max.poll.interval.ms"
                            + " without a poll: its partitions belong to others."),
            rule(
                    "IllegalStateException: Consumer is not subscribed to any topics",
                    "the consumer was not told what to read.",
                    "Call subscribe(List.of(\"…\")) before the first poll."),
            rule(
                    "ConcurrentModificationException: KafkaConsumer is not safe for multi-threaded access",
                    "two threads used the same consumer.",
                    "A KafkaConsumer belongs to one thread. Give each thread its own; only wakeup() may be called from"
                            + " another."),
            rule(
                    "IllegalStateException: Cannot perform operation after producer has been closed",
                    "the producer was used after it had been closed.",
                    "At the end of try (…) it is closed. Send before that; a producer is made once and used for many"
                            + " records."),
            rule(
                    "ProducerFencedException|InvalidProducerEpochException",
                    "another producer has taken over this transactional.id.",
                    "Whoever calls initTransactions last owns it, and the one before is shut out: that is how a"
                            + " restarted program keeps its former self from writing. Give each producer that lives at"
                            + " the same time an id of its own."),
            rule(
                    "IllegalStateException: TransactionalId (\\S+): Invalid transition attempted from state UNINITIALIZED",
                    "a transaction was begun before initTransactions().",
                    "Call initTransactions() once, after the producer is made; then beginTransaction for each one."));

    private ExplanationRules() {}

    /**
     * What to say of a failure.
     *
     * @param what what happened, in the learner's terms
     * @param advice what to do about it; may be empty
     * @param failure which of the causes it is about
     */
    record Words(String what, String advice, Failure failure) {}

    /** What to say of these causes, innermost first; nothing if no rule fits any of them. */
    static Optional<Words> words(List<Failure> failures) {
        Stream<ExplanationRule> engines =
                Engines.all().stream().map(Engine::explanationRules).flatMap(List::stream);
        return Stream.of(engines, KAFKA.stream(), CODE.stream())
                .flatMap(rules -> rules)
                .flatMap(rule -> failures.stream().flatMap(failure -> words(rule, failure).stream()))
                .findFirst();
    }

    private static Optional<Words> words(ExplanationRule rule, Failure failure) {
        Matcher matcher = rule.pattern().matcher(failure.name() + ": " + failure.message());
        return matcher.lookingAt()
                ? Optional.of(new Words(filled(rule.what(), matcher), filled(rule.advice(), matcher), failure))
                : Optional.empty();
    }

    private static String filled(String words, Matcher matcher) {
        String filled = words;
        for (int i = 1; i <= matcher.groupCount(); i++) {
            filled = filled.replace("$" + i, Failure.readable(String.valueOf(matcher.group(i))));
        }
        return filled;
    }
}
