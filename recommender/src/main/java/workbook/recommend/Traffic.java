package workbook.recommend;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import lesson14.RecommendStream.Event;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import workbook.kit.LocalKafka;
import workbook.kit.Pace;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;
import workbook.kit.kafkastreams.JsonSerde;

/** Sends the simulated payments of the days after the training, each now, and before each a view of the same terminal. */
final class Traffic implements AutoCloseable {

    private final Producer<String, Event> producer;
    private final Iterator<SimulatedPayment> payments;
    private Payment viewed;
    private volatile Exception failure;

    /** @param days that the model has learned from */
    Traffic(LocalKafka kafka, int days) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                JsonSerde.of(Event.class).serializer());
        payments = Simulation.of(days)
                .payments(days, days + Simulation.DAYS_TO_STREAM)
                .iterator();
    }

    /** Sends events at this rate, while {@code goOn}. */
    void run(double rate, Duration length, BooleanSupplier goOn) {
        new Pace(rate, length).run(() -> failure == null && payments.hasNext() && goOn.getAsBoolean(), due -> next());
        producer.flush();
    }

    private void next() {
        if (viewed == null) {
            viewed = payments.next().payment();
            send(2 * viewed.id(), viewed, "view");
        } else {
            send(2 * viewed.id() + 1, viewed, "payment");
            viewed = null;
        }
    }

    private void send(long id, Payment payment, String kind) {
        Event event = new Event(id, Instant.now(), payment.customer(), payment.terminal(), kind);
        producer.send(
                new ProducerRecord<>(Service.EVENTS, String.valueOf(payment.customer()), event), (metadata, e) -> {
                    if (e != null) {
                        failure = e;
                    }
                });
    }

    /** @throws IllegalStateException if the broker has refused an event */
    void throwIfFailed() {
        if (failure != null) {
            throw new IllegalStateException("The broker has refused an event: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
