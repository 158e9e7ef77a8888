package lesson13;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import workbook.kit.KafkaText;
import workbook.kit.LocalKafka;

/** The topic to which the agents send lines, and a consumer that has read it up to now. */
final class LogTopic implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final List<String> lines = new ArrayList<>();
    private final Consumer<String, String> consumer;

    LogTopic(LocalKafka kafka) {
        kafka.createTopic("logs", 1);
        consumer = KafkaText.consumer(kafka, Map.of());
        List<TopicPartition> partition = List.of(new TopicPartition("logs", 0));
        consumer.assign(partition);
        consumer.seekToBeginning(partition);
    }

    /** Reads until the last line of a log is there: the source and the channel keep the order, so it follows all others. */
    void awaitLast(WebServer server) throws Exception {
        String last = server.written().get(server.written().size() - 1);
        await(() -> lines.contains(last));
    }

    /**
     * Reads until a condition holds.
     *
     * @throws IllegalStateException after a minute
     */
    void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(LIMIT);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("An agent has not collected its lines within a minute.");
            }
            consumer.poll(Duration.ofMillis(20)).forEach(line -> lines.add(line.value()));
        }
    }

    /** What has arrived of a server's lines. */
    List<String> of(WebServer server) {
        return lines.stream().filter(server.written()::contains).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
