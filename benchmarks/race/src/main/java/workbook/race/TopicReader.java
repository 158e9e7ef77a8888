package workbook.race;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what is committed to a topic, on a thread of its own. */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, String> consumer;
    private final Output output;
    private final Thread thread = new Thread(this::run, "reader");
    private volatile boolean isClosed;

    private TopicReader(KafkaConsumer<String, String> consumer, Output output) {
        this.consumer = consumer;
        this.output = output;
    }

    static TopicReader start(String bootstrapServers, String topic, Output output) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList());
        TopicReader reader = new TopicReader(consumer, output);
        reader.thread.setDaemon(true);
        reader.thread.setUncaughtExceptionHandler((thread, e) -> {}); // what it has not read is missing
        reader.thread.start();
        return reader;
    }

    private void run() {
        try (consumer) {
            while (!isClosed) {
                var records = consumer.poll(POLL);
                long nanos = System.nanoTime();
                for (ConsumerRecord<String, String> record : records) {
                    output.read(record.value(), nanos);
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        thread.join();
    }
}
