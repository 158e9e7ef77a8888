package lesson02;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link ReadTransactions} that learners give. */
public final class ReadTransactionsMisconceptions {

    private ReadTransactionsMisconceptions() {}

    @Misconception(
            believed = "Aborted records are deleted.",
            really = "A log is append-only: aborted records stay, and a marker after them declares them"
                    + " aborted. The consumer skips them only with isolation.level=read_committed. The default,"
                    + " also of Spark's source, is read_uncommitted.",
            concept = "Transactions")
    public static class ReadsAbortedRecords extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            return read(open(servers, Map.of("isolation.level", "read_uncommitted")), topic);
        }
    }

    @Misconception(
            believed = "Offsets count records: if the end offset is ten, there are ten records.",
            really = "Every transaction has a marker in the log, which takes an offset, and so do aborted"
                    + " records. Compaction leaves gaps, too. There are fewer records than offsets, and waiting"
                    + " for the last one never ends. The consumer's position advances over the gaps.",
            concept = "Offsets")
    public static class CountsRecords extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            List<String> values = new ArrayList<>();
            try (var consumer = open(servers, Map.of())) {
                long end = begin(consumer, topic);
                while (values.size() < end) {
                    poll(consumer, values);
                }
            }
            return values;
        }
    }

    @Misconception(
            believed = "The end of a topic is the same for every consumer.",
            really = "It depends on the isolation level. The end of the log includes records of open"
                    + " transactions. A consumer of committed records reads up to the first open transaction."
                    + " That is the last stable offset, and endOffsets returns it to a consumer with"
                    + " read_committed.",
            concept = "Transactions")
    public static class WaitsForTheEndOfTheLog extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            List<String> values = new ArrayList<>();
            try (var all = open(servers, Map.of("isolation.level", "read_uncommitted"));
                    var consumer = open(servers, Map.of())) {
                long end = begin(all, topic);
                begin(consumer, topic);
                while (consumer.position(new TopicPartition(topic, 0)) < end) {
                    poll(consumer, values);
                }
            }
            return values;
        }
    }

    @Misconception(
            believed = "An empty poll means that the end is reached.",
            really = "A poll that finds only aborted records returns at once, without records but with a new"
                    + " position. The records after them are still unread.",
            concept = "Polling")
    public static class StopsAtAnEmptyPoll extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            List<String> values = new ArrayList<>();
            try (var consumer = open(servers, Map.of())) {
                long end = begin(consumer, topic);
                boolean isEmpty = false;
                while (!isEmpty && consumer.position(new TopicPartition(topic, 0)) < end) {
                    isEmpty = poll(consumer, values) == 0;
                }
            }
            return values;
        }
    }

    @Misconception(
            believed = "Subscribe, poll once, and there are the records.",
            really = "A group without a commit begins at the end, unless auto.offset.reset is earliest. And"
                    + " one poll returns the records that have arrived before its timeout: often none, while the"
                    + " consumer joins its group, and never more than 500 by default.",
            concept = "Polling")
    public static class PollsOnce extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            List<String> values = new ArrayList<>();
            try (var consumer = open(servers, Map.of("group.id", "reader of " + topic))) {
                consumer.subscribe(List.of(topic));
                poll(consumer, values);
            }
            return values;
        }
    }

    @Misconception(
            believed = "Every consumer needs a group.",
            really = "A group stores a position: its consumers commit, by default also when closed, and the"
                    + " next consumer resumes there. To read all records each time, assign the partitions; that"
                    + " needs no group.",
            concept = "Consumer groups")
    public static class ResumesInAGroup extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            List<String> values = new ArrayList<>();
            try (var consumer =
                    open(servers, Map.of("group.id", "reader of " + topic, "auto.offset.reset", "earliest"))) {
                TopicPartition partition = new TopicPartition(topic, 0);
                consumer.subscribe(List.of(topic));
                long end = consumer.endOffsets(List.of(partition)).get(partition);
                while (consumer.assignment().isEmpty() || consumer.position(partition) < end) {
                    poll(consumer, values);
                }
            }
            return values;
        }
    }

    @Misconception(
            believed = "A log begins at offset 0.",
            really =
                    "It does until the broker deletes its first records; offsets do not change then. A consumer that asks"
                            + " for a deleted offset goes where auto.offset.reset says, by default to the end."
                            + " seekToBeginning goes to the first record that there is.",
            concept = "Retention and compaction")
    public static class BeginsAtOffsetZero extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            try (var consumer = open(servers, Map.of())) {
                TopicPartition partition = new TopicPartition(topic, 0);
                consumer.assign(List.of(partition));
                consumer.seek(partition, 0);
                long end = consumer.endOffsets(List.of(partition)).get(partition);
                return readUntil(end, consumer, topic);
            }
        }
    }

    @Misconception(
            believed = "The garbage collector closes a consumer that nobody uses any more.",
            really =
                    "Nothing closes it but close(), or a try statement. Until the JVM ends it keeps its connections and its"
                            + " buffers.",
            concept = "Consumer groups")
    public static class LeavesTheConsumerOpen extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            var consumer = open(servers, Map.of());
            return readUntil(begin(consumer, topic), consumer, topic);
        }
    }

    private static KafkaConsumer<String, String> open(String servers, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("isolation.level", "read_committed"));
        all.putAll(settings);
        all.put("bootstrap.servers", servers);
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    private static List<String> read(KafkaConsumer<String, String> consumer, String topic) {
        try (consumer) {
            return readUntil(begin(consumer, topic), consumer, topic);
        }
    }

    private static List<String> readUntil(long end, KafkaConsumer<String, String> consumer, String topic) {
        List<String> values = new ArrayList<>();
        while (consumer.position(new TopicPartition(topic, 0)) < end) {
            poll(consumer, values);
        }
        return values;
    }

    /** Moves the consumer to the beginning, and returns the end for its isolation level. */
    private static long begin(KafkaConsumer<String, String> consumer, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer.endOffsets(List.of(partition)).get(partition);
    }

    private static int poll(KafkaConsumer<String, String> consumer, List<String> values) {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(3));
        records.forEach(record -> values.add(record.value()));
        return records.count();
    }
}
