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
 * The rules that explain exceptions to learners. The first rule that matches any cause of an exception applies, so the
 * more specific rules come first: those of the engines, then Kafka's, then Java's.
 */
final class ExplanationRules {

    /** Exceptions of Java code, inside a task or outside. */
    private static final List<ExplanationRule> CODE = List.of(
            rule(
                    "SerializationException: Can't convert (key|value) of class (\\S+) to class (\\S+)",
                    "the $1 has the class $2, but the producer writes it with $3.",
                    "Set the $1.serializer for this class, or convert the $1 to the class that $3 takes."),
            rule(
                    "ClassCastException: class (?:\\S+\\.)?Instant cannot be cast to class (?:\\S+\\.)?Timestamp",
                    "the code expects java.sql.Timestamp, but timestamps here are java.time.Instant.",
                    "Use row.getInstant(i) instead of row.getTimestamp(i), and assign row.getAs to an Instant."),
            rule(
                    "ClassCastException: class (\\S+) cannot be cast to class (\\S+)",
                    "the code expects $2, but the value is $1.",
                    "row.getAs returns the column's own type; Java checks it only at the assignment. printSchema()"
                            + " prints the types of the columns."),
            rule(
                    "NullPointerException",
                    "the code used a null value.",
                    "A column can be null in any row unless the query excludes it. Filter these rows out first, or check"
                            + " for null in the code."),
            rule(
                    "ArithmeticException: / by zero",
                    "the code divided by zero.",
                    "The divisor is 0 in some row. Check it before you divide."),
            rule(
                    "(?:Array|String)?IndexOutOfBoundsException: .*?(?:Index|index) (-?\\d+)(?:,| out of bounds for) length (\\d+)",
                    "the code accessed index $1, but the length is $2.",
                    "Indexes start at 0. A split text may have fewer parts than expected; a Row that the code creates may"
                            + " have fewer values than its schema."),
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
                    "TimeoutException",
                    "the code waited until its timeout expired.",
                    "Check that the event it waits for can happen. If it only takes longer, increase the timeout."));

    /** Exceptions of Kafka's clients, its broker and Spark's connector. */
    private static final List<ExplanationRule> KAFKA = List.of(
            rule(
                    "TimeoutException: Topic (\\S+) not present in metadata",
                    "the topic \"$1\" does not exist on this broker.",
                    "Check its name. This broker does not create topics automatically: create it first."),
            rule(
                    "UnknownTopicOrPartitionException",
                    "the topic does not exist on this broker.",
                    "Check its name in `subscribe`. This broker does not create topics automatically: create it first."),
            rule(
                    "TimeoutException: Timed out waiting for a node assignment",
                    "no Kafka broker answered.",
                    "Check that bootstrap.servers is the address of a running broker. For LocalKafka it is"
                            + " kafka.bootstrapServers()."),
            rule(
                    "IllegalArgumentException: Option 'kafka.bootstrap.servers' must be specified",
                    "the Kafka source or sink has no broker address.",
                    "Add .option(\"kafka.bootstrap.servers\", …). Spark passes options that begin with \"kafka.\" to"
                            + " Kafka's clients."),
            rule(
                    "IllegalArgumentException: One of the following options must be specified for Kafka source",
                    "the Kafka source has no topic to read.",
                    "Add .option(\"subscribe\", \"…\")."),
            rule(
                    "IllegalArgumentException: starting offset can't be latest for batch queries",
                    "a batch query that starts at the latest offset is always empty.",
                    "Only a stream can start there. Start a batch query at earliest, or at a startingTimestamp."),
            rule(
                    "IllegalArgumentException: No offset matched from request of topic-partition",
                    "a partition of the topic has no record at or after startingTimestamp.",
                    "Either the partition is idle or the time is wrong. To read nothing from such a partition, set"
                            + " startingOffsetsByTimestampStrategy to latest."),
            rule(
                    "IllegalArgumentException: Expected a single long value, got (\\S+)",
                    "the Kafka source cannot read \"$1\" as a timestamp.",
                    "It takes milliseconds since 1970: Instant.toEpochMilli()."),
            rule(
                    "AnalysisException: (\\w+) attribute unsupported type (\\w+)",
                    "the Kafka sink takes STRING or BINARY, but the column `$1` has the type $2.",
                    "Cast it: CAST($1 AS STRING). Or write several columns as one text: to_json(struct(…)) AS $1."),
            rule(
                    "AnalysisException: Required attribute 'value' not found",
                    "the Kafka sink needs a column named `value`, and there is none.",
                    "Write the record's content into one text column: to_json(struct(…)) AS value. A column `key` is"
                            + " optional."),
            rule(
                    "AnalysisException: topic option required",
                    "the Kafka sink has no topic to write to.",
                    "Add .option(\"topic\", \"…\"), or a column `topic` with the topic of each row."),
            rule(
                    "ConfigException: .* (?:for configuration |configuration \")((?:key|value)\\.(?:de)?serializer)",
                    "the client's setting $1 is missing.",
                    "For text, set StringSerializer in a producer and StringDeserializer in a consumer."),
            rule(
                    "RecordTooLargeException: The message is (\\d+) bytes .* larger than (\\d+)",
                    "a record of $1 bytes is too large: the producer's limit is $2.",
                    "Kafka is made for small records. Split the record, or store the content elsewhere and send its"
                            + " location. To raise the limit, set max.request.size, and the limits of broker and topic."),
            rule(
                    "InvalidGroupIdException",
                    "the consumer commits offsets, but has no consumer group.",
                    "Offsets belong to a group. Set group.id, or do not commit."),
            rule(
                    "CommitFailedException",
                    "the commit failed: this consumer is not a member of its group.",
                    "A consumer that uses assign() is never a member, and cannot commit while the group has members. A"
                            + " consumer that uses subscribe() is removed after max.poll.interval.ms without a poll, and"
                            + " its partitions go to other members."),
            rule(
                    "IllegalStateException: Consumer is not subscribed to any topics",
                    "the consumer has no topic to read.",
                    "Call subscribe(List.of(\"…\")) before the first poll."),
            rule(
                    "ConcurrentModificationException: KafkaConsumer is not safe for multi-threaded access",
                    "two threads used the same consumer.",
                    "A KafkaConsumer is not thread-safe. Use one per thread; only wakeup() may be called from another"
                            + " thread."),
            rule(
                    "IllegalStateException: Cannot perform operation after producer has been closed",
                    "the producer is already closed.",
                    "try (…) closes it at its end. Send before that; create a producer once and use it for many"
                            + " records."),
            rule(
                    "ProducerFencedException|InvalidProducerEpochException",
                    "another producer uses this transactional.id and has fenced this one.",
                    "The last producer that calls initTransactions() owns the id, and the broker rejects the earlier one:"
                            + " so a restarted program fences its previous run. Give producers that run at the same time"
                            + " different ids."),
            rule(
                    "IllegalStateException: TransactionalId (\\S+): Invalid transition attempted from state UNINITIALIZED",
                    "beginTransaction() was called before initTransactions().",
                    "Call initTransactions() once after you create the producer, then beginTransaction() for each"
                            + " transaction."));

    private ExplanationRules() {}

    /**
     * The texts of a rule that matches.
     *
     * @param what what happened, in the learner's terms
     * @param advice how to fix it; may be empty
     * @param failure the cause that the rule matches
     */
    record Match(String what, String advice, Failure failure) {}

    /** The explanation of these causes, innermost first; empty if no rule matches. */
    static Optional<Match> match(List<Failure> failures) {
        Stream<ExplanationRule> engines =
                Engines.all().stream().map(Engine::explanationRules).flatMap(List::stream);
        return Stream.of(engines, KAFKA.stream(), CODE.stream())
                .flatMap(rules -> rules)
                .flatMap(rule -> failures.stream().flatMap(failure -> match(rule, failure).stream()))
                .findFirst();
    }

    private static Optional<Match> match(ExplanationRule rule, Failure failure) {
        Matcher matcher = rule.pattern().matcher(failure.name() + ": " + failure.message());
        return matcher.lookingAt()
                ? Optional.of(new Match(filled(rule.what(), matcher), filled(rule.advice(), matcher), failure))
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
