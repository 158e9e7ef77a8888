package workbook.kit.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;

/** The rules for exceptions of Kafka's clients and its broker. */
final class KafkaRules {

    private static final String STATE =
            "IllegalStateException: TransactionalId (\\S+): Invalid transition attempted from state ";

    private static final List<ExplanationRule> SETTINGS = List.of(
            rule(
                    "ConfigException: (?:Missing required configuration \"|Invalid value null for configuration )"
                            + "((?:key|value)\\.(?:de)?serializer)",
                    "the client's setting $1 is missing.",
                    "For text, set StringSerializer in a producer and StringDeserializer in a consumer."),
            rule(
                    "ConfigException: Invalid value (\\S+) for configuration (\\S+): Class \\S+ could not be found",
                    "there is no class $1, which the setting $2 names.",
                    "Check the spelling of its name, or set the class itself: StringSerializer.class."),
            rule(
                    "KafkaException: class (\\S+) is not an instance of (\\S+)",
                    "the client's settings name $1 where they need a $2.",
                    "A producer takes serializers, such as StringSerializer, and a consumer deserializers, such as"
                            + " StringDeserializer."),
            rule(
                    "ConfigException: (?:Missing required configuration \"bootstrap\\.servers\"|Invalid url in"
                            + " bootstrap\\.servers|No resolvable bootstrap urls)",
                    "the client has no usable broker address.",
                    "Set bootstrap.servers to host:port of a running broker. For LocalKafka it is"
                            + " kafka.bootstrapServers()."),
            rule(
                    "ConfigException: Must set acks to all",
                    "this producer is to be idempotent, but does not wait for all replicas.",
                    "An idempotent producer needs acks=all, the default. Remove your value of acks, or"
                            + " enable.idempotence=true."),
            rule(
                    "ConfigException: Invalid value (.+?) for configuration ([\\w.]+)",
                    "\"$1\" is not a valid value of the client's setting $2.",
                    "Times are numbers of milliseconds, sizes are numbers of bytes, and words must be spelt as Kafka's"
                            + " documentation spells them."));

    private static final List<ExplanationRule> RECORDS = List.of(
            rule(
                    "SerializationException: Can't convert (key|value) of class (\\S+) to class (\\S+)",
                    "the $1 has the class $2, but the producer writes it with $3.",
                    "Set the $1.serializer for this class, or convert the $1 to the class that $3 takes."),
            rule(
                    "TimeoutException: Topic (\\S+) not present in metadata",
                    "the client found no topic \"$1\": either it does not exist, or no broker answered.",
                    "Check the topic's name and bootstrap.servers. The workbook's broker does not create topics"
                            + " automatically: create it first."),
            rule(
                    "TimeoutException: Partition (\\d+) of topic (\\S+) with partition count (\\d+)",
                    "the topic \"$2\" has no partition $1: it has $3, counted from 0.",
                    "Leave the partition out, so that the key determines it, or create the topic with more."),
            rule(
                    "UnknownTopicOrPartitionException",
                    "the broker has no such topic or partition.",
                    "Check its name. The workbook's broker does not create topics automatically: create it first."),
            rule(
                    "InvalidTopicException: Invalid topics?: \\[?([^]\n]+)",
                    "\"$1\" is not a valid name of a topic.",
                    "A name consists of letters, digits, dots, underscores and hyphens."),
            rule(
                    "TopicExistsException: Topic '(\\S+)'",
                    "the topic \"$1\" already exists.",
                    "Create a topic once, and use it after that; or choose another name."),
            rule(
                    "InvalidReplicationFactorException.* (\\d+) time.* only (\\d+) broker",
                    "the topic asks for $1 replicas, more than there are brokers ($2).",
                    "Each replica is on a broker of its own. Use no more replicas than brokers."),
            rule(
                    "InvalidPartitionsException: Topic already has (\\d+)",
                    "the topic has $1 partitions already.",
                    "Partitions can only be added."),
            rule(
                    "TimeoutException: Timed out waiting for a node assignment",
                    "no Kafka broker answered.",
                    "Check that bootstrap.servers is the address of a running broker. For LocalKafka it is"
                            + " kafka.bootstrapServers()."),
            rule(
                    "RecordTooLargeException: The message is (\\d+) bytes .* larger than (\\d+)",
                    "a record of $1 bytes is too large: the producer's limit is $2.",
                    "Kafka is made for small records. Split the record, or store the content elsewhere and send its"
                            + " location. To raise the limit, set max.request.size, and the limits of broker and topic."),
            rule(
                    "RecordTooLargeException: The message is (\\d+) bytes .* buffer\\.memory",
                    "a record of $1 bytes is larger than the producer's whole buffer.",
                    "Raise buffer.memory, 32 MB by default, which holds all records that are not sent yet."),
            rule(
                    "RecordTooLargeException",
                    "a record is larger than the topic accepts.",
                    "The limit is the topic's max.message.bytes, or the broker's message.max.bytes. Split the record, or"
                            + " store the content elsewhere and send its location."),
            rule(
                    "(?:BufferExhausted|Timeout)Exception: Failed to allocate (\\d+) bytes within the configured max"
                            + " blocking time (\\d+) ms",
                    "the producer's buffer stayed full for $2 ms.",
                    "Records are added faster than the broker takes them, or the broker does not answer. Wait for earlier"
                            + " sends, or raise buffer.memory or max.block.ms."),
            rule(
                    "InvalidTimestampException",
                    "the broker refuses the record's timestamp.",
                    "It accepts times up to an hour ahead of its clock (message.timestamp.after.max.ms). A timestamp is in"
                            + " milliseconds since 1970; one in microseconds lies in the far future."),
            rule(
                    "InvalidRecordException: Compacted topic cannot accept message without key",
                    "a record for a compacted topic has no key.",
                    "Compaction keeps the last record of each key, so every record needs one."),
            rule(
                    "RecordDeserializationException: Error deserializing (KEY|VALUE) for partition (\\S+) at offset (\\d+)",
                    "the consumer's deserializer cannot read a record: the $1 at offset $3 of $2.",
                    "The next poll fails at the same record. Use the deserializer for what was sent, or read bytes"
                            + " (ByteArrayDeserializer) and decide in the code; to pass the record over, seek to the offset"
                            + " after it."));

    private static final List<ExplanationRule> CONSUMERS = List.of(
            rule(
                    "InvalidGroupIdException",
                    "the consumer has no group.id.",
                    "subscribe() and commits need a consumer group: set group.id. Without one, use assign() and do not"
                            + " commit."),
            rule(
                    "CommitFailedException",
                    "the commit failed: this consumer is not a member of its group.",
                    "A consumer that uses assign() is never a member, and cannot commit while the group has members. A"
                            + " consumer that uses subscribe() is removed after max.poll.interval.ms without a poll, and"
                            + " its partitions go to other members."),
            rule(
                    "IllegalStateException: Consumer is not subscribed to any topics",
                    "the consumer has no topic to read.",
                    "Call subscribe(List.of(\"…\")) or assign(…) before the first poll."),
            rule(
                    "IllegalStateException: (?:No current assignment for partition|You can only check the position for"
                            + " partitions assigned)",
                    "the partition is not assigned to this consumer.",
                    "assign() assigns at once. After subscribe(), partitions arrive during a poll: seek in"
                            + " onPartitionsAssigned of a ConsumerRebalanceListener, or when assignment() is not empty."),
            rule(
                    "IllegalStateException: Subscription to topics, partitions and pattern are mutually exclusive",
                    "the consumer uses both subscribe() and assign().",
                    "Choose one: subscribe() lets the group distribute partitions, assign() reads exactly those that you"
                            + " name. unsubscribe() comes between them."),
            rule(
                    "NoOffsetForPartitionException",
                    "the group has committed no offset for this partition, and auto.offset.reset is none.",
                    "Set auto.offset.reset to earliest or latest, or seek first."),
            rule(
                    "OffsetOutOfRangeException: Fetch position FetchPosition\\{offset=(\\d+).* partition (\\S+)",
                    "the partition $2 has no offset $1.",
                    "Retention has deleted it, or it is beyond the end. beginningOffsets() and endOffsets() return what"
                            + " there is; auto.offset.reset says where to go on."),
            rule(
                    "IllegalStateException: This consumer has already been closed",
                    "the consumer is already closed.",
                    "try (…) closes it at its end. Poll before that."),
            rule(
                    "ConcurrentModificationException: KafkaConsumer is not safe for multi-threaded access",
                    "two threads used the same consumer.",
                    "A KafkaConsumer is not thread-safe. Use one per thread; only wakeup() may be called from another"
                            + " thread."),
            rule(
                    "WakeupException",
                    "another thread called wakeup(), which ends a poll with this exception.",
                    "Catch WakeupException around the polling loop, and close the consumer."));

    private static final List<ExplanationRule> TRANSACTIONS = List.of(
            rule(
                    "ProducerFencedException|InvalidProducerEpochException",
                    "another producer uses this transactional.id and has fenced this one.",
                    "The last producer that calls initTransactions() owns the id, and the broker rejects the earlier one:"
                            + " so a restarted program fences its previous run. Give producers that run at the same time"
                            + " different ids."),
            rule(
                    STATE + "UNINITIALIZED",
                    "a transaction method was called before initTransactions().",
                    "Call initTransactions() once after you create the producer, then beginTransaction() for each"
                            + " transaction."),
            rule(
                    STATE + "READY to state INITIALIZING",
                    "initTransactions() was called twice.",
                    "Call it once for each producer, before its first transaction."),
            rule(
                    STATE + "READY to state (COMMITTING|ABORTING)",
                    "no transaction has begun, so there is none to end.",
                    "Call beginTransaction() before you send. A commit or an abort ends the transaction; the next one begins"
                            + " with beginTransaction() again."),
            rule(
                    STATE + "IN_TRANSACTION to state IN_TRANSACTION",
                    "beginTransaction() was called twice.",
                    "A producer has one transaction at a time: commit or abort the first one."),
            rule(
                    "IllegalStateException: Transactional method invoked on a non-transactional producer",
                    "this producer has no transactions.",
                    "Set a transactional.id when you create it."),
            rule(
                    "IllegalStateException: Cannot add partition \\S+ to transaction before completing a call to"
                            + " initTransactions",
                    "a producer with a transactional.id sent a record before initTransactions().",
                    "Call initTransactions() once, then beginTransaction() before the first send of each transaction."),
            rule(
                    "IllegalStateException: Cannot add partition \\S+ to transaction while in state\\s+READY",
                    "a producer with a transactional.id sent a record outside a transaction.",
                    "Call beginTransaction() before the send, and commitTransaction() after it. For records outside"
                            + " transactions, use a producer without a transactional.id."),
            rule(
                    "InvalidTxnStateException",
                    "the broker no longer has this transaction.",
                    "It aborts a transaction that takes longer than transaction.timeout.ms, a minute by default. Shorten the"
                            + " transaction, or raise the timeout; then close this producer and create another."),
            rule(
                    "KafkaException: Unexpected error in InitProducerIdResponse; The transaction timeout is larger",
                    "transaction.timeout.ms is longer than the broker allows.",
                    "Its maximum is the broker's transaction.max.timeout.ms, 15 minutes by default."),
            rule(
                    "KafkaException: Unexpected error in TxnOffsetCommitResponse: The group id is invalid",
                    "the offsets for the transaction have no consumer group.",
                    "Pass consumer.groupMetadata() of a consumer with a group.id."),
            rule(
                    "IllegalStateException: Cannot perform operation after producer has been closed",
                    "the producer is already closed.",
                    "try (…) closes it at its end. Send before that; create a producer once and use it for many"
                            + " records."));

    static final List<ExplanationRule> ALL = Stream.of(SETTINGS, RECORDS, CONSUMERS, TRANSACTIONS)
            .flatMap(List::stream)
            .toList();

    private KafkaRules() {}
}
