package workbook.race;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import workbook.kit.Payment;

/** Sends random payments in order of their times, with the customer as key, and enters them in the sentPayments. */
final class Sender implements AutoCloseable {

    /** How long an hour of event time takes while payments are sent at a rate. */
    static final Duration HOUR_ON_THE_CLOCK = Duration.ofMillis(500);

    private static final int TERMINALS = 100;
    private static final int CUSTOMERS = 5_000;
    private static final Instant FIRST = Instant.parse("2018-04-01T00:00:00Z");
    private static final long SPEED = SentPayments.HOUR.dividedBy(HOUR_ON_THE_CLOCK);

    private final SplittableRandom random = new SplittableRandom(42);
    private final KafkaProducer<String, String> producer;
    private final String topic;
    private final SentPayments sentPayments;
    private Instant backlogEnd = FIRST;
    private long backlogSent = System.nanoTime();
    private long lastId;

    Sender(String bootstrapServers, String topic, SentPayments sentPayments) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0"),
                new StringSerializer(),
                new StringSerializer());
        this.topic = topic;
        this.sentPayments = sentPayments;
    }

    /** Sends the payments of so many hours and of half an hour more, and some in each partition that make them due. */
    void backlog(int hours, int perHour) {
        int payments = perHour * hours + perHour / 2;
        for (int i = 0; i < payments; i++) {
            send(FIRST.plus(SentPayments.HOUR.multipliedBy(i).dividedBy(perHour)));
        }
        backlogEnd = FIRST.plus(SentPayments.HOUR.multipliedBy(hours)).plus(SentPayments.GRACE);
        for (int i = 0; i < 10 * TERMINALS; i++) {
            send(backlogEnd);
        }
        producer.flush();
        backlogSent = System.nanoTime();
    }

    /** Sends payments at a rate. Returns whether Kafka took them at this rate. */
    boolean live(double perSecond, Duration duration) {
        long begin = System.nanoTime();
        long payments = (long) (perSecond * duration.toMillis() / 1_000);
        for (long i = 0; i < payments; i++) {
            long wait = begin + (long) (i * 1e9 / perSecond) - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            send(backlogEnd.plusMillis((System.nanoTime() - backlogSent) / 1_000_000 * SPEED));
        }
        return System.nanoTime() - begin < 1.1 * duration.toNanos();
    }

    private void send(Instant time) {
        lastId = Math.max(lastId + 1, System.nanoTime());
        Payment payment = new Payment(
                lastId,
                time,
                random.nextInt(CUSTOMERS),
                random.nextInt(TERMINALS),
                BigDecimal.valueOf(random.nextLong(1_00, 200_00), 2));
        sentPayments.add(payment, lastId);
        producer.send(new ProducerRecord<>(topic, String.valueOf(payment.customer()), payment.toJson()));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
