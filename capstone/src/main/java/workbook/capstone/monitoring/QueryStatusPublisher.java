package workbook.capstone.monitoring;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import workbook.capstone.streaming.Topics;

/**
 * Publishes the status of this process's queries to {@link Topics#QUERIES} once a second, for the live page of another
 * process. A status that cannot be sent is not retried: the next one follows in a second.
 */
public final class QueryStatusPublisher implements AutoCloseable {

    private static final int GIVE_UP_MILLIS = 2_000;

    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor();
    private final Producer<byte[], byte[]> producer;
    private final QueryStatusListener queries;

    private QueryStatusPublisher(String bootstrapServers, QueryStatusListener queries) {
        this.queries = queries;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_MILLIS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * GIVE_UP_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Starts publishing. */
    public static QueryStatusPublisher start(String bootstrapServers, QueryStatusListener queries) {
        QueryStatusPublisher publisher = new QueryStatusPublisher(bootstrapServers, queries);
        publisher.ticking.scheduleAtFixedRate(publisher::publish, 1, 1, TimeUnit.SECONDS);
        return publisher;
    }

    private void publish() {
        try {
            queries.queries()
                    .forEach(query -> producer.send(new ProducerRecord<>(
                            Topics.QUERIES,
                            query.name().getBytes(StandardCharsets.UTF_8),
                            Json.write(query).getBytes(StandardCharsets.UTF_8))));
        } catch (RuntimeException e) {
            // The broker is unreachable. The queries report that themselves; the next status follows in a second.
        }
    }

    @Override
    public void close() {
        ticking.shutdownNow();
        producer.close();
    }
}
