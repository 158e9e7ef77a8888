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

/** Wrong answers to {@link ReadTransactions} that people really give. */
public final class ReadTransactionsMisconceptions {

    private ReadTransactionsMisconceptions() {}

    @Misconception(
            believed = "What was aborted is gone.",
            really = "A log is only appended to: aborted records stay, and a marker after them says that they are void."
                    + " The consumer heeds it with isolation.level=read_committed only; the default, of Spark's source"
                    + " as well, is read_uncommitted.",
            concept = "Transactions")
    public static class ReadsWhatWasAborted extends ReadTransactions {
        @Override
        public List<String> committed(String servers, String topic) {
            return read(open(servers, Map.of("isolation.level", "read_uncommitted")), topic);
        }
    }

    @Misconception(
            believed = "Offsets count records: at the end offset ten, ten records have to come.",
            really = "Every transaction leaves a marker in the log, which takes an offset, and so do aborted records."
                    + " Compaction leaves gaps as well. There are fewer records than offsets, and who waits for the"
                    + " last one waits for ever. The consumer's position goes over all of that.",
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
            believed = "The end of a topic is the same for everybody.",
            really = "It depends on who asks. Up to the end of the log lies what is undecided, too; a reader of"
                    + " committed records comes to the first open transaction and no further. That is the last stable"
                    + " offset, and endOffsets gives it to a consumer that reads committed records only.",
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
            believed = "When a poll brings nothing, the end is reached.",
            really = "A poll that has met only aborted records returns at once, with nothing but a new position. What"
                    + " follows them is still to come.",
            concept = "Polling")
    public static class TakesAnEmptyPollForTheEnd extends ReadTransactions {
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
            really = "A group without a commit begins at the end unless auto.offset.reset says earliest; and one poll"
                    + " brings what has arrived when its time is up, often nothing as the group is still forming,"
                    + " never more than 500 records.",
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
            really = "A group is a memory: it commits, by default when the consumer is closed, and goes on there the"
                    + " next time. Whoever wants everything each time assigns the partitions and needs no group.",
            concept = "Consumer groups")
    public static class RemembersWhereItWas extends ReadTransactions {
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

    private static KafkaConsumer<String, String> open(String servers, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("isolation.level", "read_committed"));
        all.putAll(settings);
        all.put("bootstrap.servers", servers);
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    private static List<String> read(KafkaConsumer<String, String> consumer, String topic) {
        List<String> values = new ArrayList<>();
        try (consumer) {
            long end = begin(consumer, topic);
            while (consumer.position(new TopicPartition(topic, 0)) < end) {
                poll(consumer, values);
            }
        }
        return values;
    }

    /** Puts the consumer at the beginning, and returns where it believes the end to be. */
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
