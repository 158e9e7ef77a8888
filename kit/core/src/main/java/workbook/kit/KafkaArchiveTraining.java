package workbook.kit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Archive training for programs with a broker: options, topics, transactions, a consumer group. */
public final class KafkaArchiveTraining {

    private static final String TOPIC = "archive-training";

    private KafkaArchiveTraining() {}

    /** Runs the training. */
    public static void main(String[] args) throws Exception {
        Program.execute(new Options(), "--count", "2");
        try (LocalKafka kafka = LocalKafka.start()) {
            kafka.createTopic(TOPIC, 2);
            produce(kafka, Map.of("acks", "all"));
            transact(kafka);
            consume(kafka);
            kafka.admin()
                    .listConsumerGroupOffsets(TOPIC)
                    .partitionsToOffsetAndMetadata()
                    .get();
            kafka.admin().describeConsumerGroups(List.of(TOPIC)).all().get();
        }
    }

    private static void produce(LocalKafka kafka, Map<String, Object> settings) throws Exception {
        try (Producer<String, String> producer = producer(kafka, settings)) {
            send(producer).get();
        }
    }

    private static void transact(LocalKafka kafka) {
        try (Producer<String, String> producer = producer(kafka, Map.of("transactional.id", TOPIC))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer);
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer);
            producer.abortTransaction();
        }
    }

    private static Future<RecordMetadata> send(Producer<String, String> producer) {
        return producer.send(new ProducerRecord<>(TOPIC, "7", "12.50"));
    }

    /** Reads as a member of a group, which commits, and then from assigned partitions. */
    private static void consume(LocalKafka kafka) {
        try (var consumer = consumer(kafka, Map.of("group.id", TOPIC, "auto.offset.reset", "earliest"))) {
            consumer.subscribe(List.of(TOPIC));
            read(consumer);
            consumer.commitSync();
        }
        try (var consumer = consumer(kafka, Map.of("isolation.level", "read_committed"))) {
            List<TopicPartition> all = List.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            consumer.endOffsets(all);
            read(consumer);
        }
    }

    private static void read(KafkaConsumer<String, String> consumer) {
        boolean isEmpty = true;
        while (isEmpty) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                isEmpty = record.value().isEmpty();
            }
        }
    }

    private static Producer<String, String> producer(LocalKafka kafka, Map<String, Object> settings) {
        return new KafkaProducer<>(with(kafka, settings), new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(LocalKafka kafka, Map<String, Object> settings) {
        return new KafkaConsumer<>(with(kafka, settings), new StringDeserializer(), new StringDeserializer());
    }

    private static Map<String, Object> with(LocalKafka kafka, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", kafka.bootstrapServers());
        return all;
    }

    @Command(name = "training", mixinStandardHelpOptions = true, description = "Options such as programs have.")
    private static final class Options implements Callable<Integer> {

        @Option(names = "--count", defaultValue = "1", description = "a number (default: ${DEFAULT-VALUE})")
        int count;

        @Override
        public Integer call() {
            return count;
        }
    }
}
