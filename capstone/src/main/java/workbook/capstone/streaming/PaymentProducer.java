package workbook.capstone.streaming;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import workbook.capstone.format.Format;
import workbook.capstone.format.Malformed;
import workbook.kit.Payment;

/**
 * Sends payments to {@link Topics#PAYMENTS}, and customers to {@link Topics#CUSTOMERS}. A record counts as produced when
 * the broker has acknowledged it. The first error of the broker is kept in {@link #failure()}.
 *
 * <p>After {@link #evolve} there are two clients of the broker: an old one, and a new one with the next version of the
 * payments' schema.
 */
public final class PaymentProducer implements AutoCloseable {

    private final String bootstrapServers;
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final AtomicLong payments = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong customers = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private record Client(Producer<byte[], byte[]> producer, Format format) {}

    /** @param format of payments */
    public PaymentProducer(String bootstrapServers, Format format) {
        this.bootstrapServers = bootstrapServers;
        add(format);
    }

    private void add(Format format) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        // Send at once. Kafka 4's default linger is 5 ms.
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.ACKS_CONFIG,
                        "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        clients.add(new Client(producer, format));
    }

    /**
     * From now on, sends the payments of every other customer with the next version of their schema, by a client of its own.
     * Each customer's payments keep their order.
     */
    public void evolve() {
        flush();
        add(clients.get(0).format().evolved());
    }

    /** Sends a payment, keyed by its customer, with its id in a header. */
    public void send(Payment payment) {
        Client client = clients.get(payment.customer() % clients.size());
        var record = new ProducerRecord<>(
                Topics.PAYMENTS,
                bytes(Integer.toString(payment.customer())),
                client.format().write(payment));
        record.headers().add(Topics.ID, bytes(Long.toString(payment.id())));
        send(client, record, payments);
    }

    /** Sends a malformed record, of each kind in turn. */
    public void sendMalformed(long number) {
        Malformed record = clients.get(0).format().malformed(number);
        send(clients.get(0), new ProducerRecord<>(Topics.PAYMENTS, bytes(record.kind()), record.value()), malformed);
    }

    /** Sends a version of a customer, keyed by both numbers. */
    public void send(CustomerVersion version) {
        String key = version.customer() + "/" + version.version();
        send(clients.get(0), new ProducerRecord<>(Topics.CUSTOMERS, bytes(key), bytes(version.toJson())), customers);
    }

    private void send(Client client, ProducerRecord<byte[], byte[]> record, AtomicLong counter) {
        client.producer().send(record, (metadata, e) -> {
            if (e == null) {
                counter.incrementAndGet();
            } else {
                failure.compareAndSet(null, e);
            }
        });
    }

    /** Waits until the broker has acknowledged or refused every record sent. */
    public void flush() {
        clients.forEach(client -> client.producer().flush());
    }

    /** Returns the number of payments that the broker has acknowledged. */
    public long payments() {
        return payments.get();
    }

    /** Returns the number of malformed records that the broker has acknowledged. */
    public long malformed() {
        return malformed.get();
    }

    /** Returns the number of versions of customers that the broker has acknowledged. */
    public long customers() {
        return customers.get();
    }

    /** Returns the first error of the broker, or null. */
    public Exception failure() {
        return failure.get();
    }

    /**
     * Throws if the broker has refused a record.
     *
     * @throws IllegalStateException if the broker refused a record; the message says why
     */
    public void throwIfFailed() {
        if (failure() != null) {
            throw new IllegalStateException(
                    "The broker refused a record: " + failure().getMessage(), failure());
        }
    }

    @Override
    public void close() {
        clients.forEach(client -> client.producer().close());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
