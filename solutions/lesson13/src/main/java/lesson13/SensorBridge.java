package lesson13;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;

/**
 * A message is the bridge's until Kafka has it: only then it is acknowledged. MQTT's quality of service ends at this hand-over.
 * Whatever it is, the process may end between the two steps, and the message comes again. Nothing tells a double from a message
 * that was never written, neither the DUP flag nor the packet id, which the broker gives to another message afterwards. The
 * device's own number does, and the topic knows the newest one.
 *
 * <p>The comparison with the newest number needs the order. A record that is sent again would overtake, so the next one of
 * its device waits until Kafka has it. There is a queue for each device, and at most one record of a device is under way.
 *
 * <p>A double is compared when it is sent. When it arrived, the first one may have been waiting, too.
 *
 * <p>An acknowledgement belongs to the session of its message. After the broker has lost the session, the same packet id is that of
 * another message, which would be lost if the process ended now.
 *
 * <p>What {@code arrived} throws ends the connection. What a callback throws, Kafka logs, and nothing else happens: the bridge
 * has to catch it.
 */
public class SensorBridge {

    /** The topic of the readings. */
    public static final String TOPIC = "readings";

    /**
     * What the bridge tells the broker when it connects.
     *
     * @param isClean whether the broker forgets an earlier session of this client, and this one when the connection ends
     */
    public record Connect(String clientId, boolean isClean) {}

    /**
     * A message as it arrives.
     *
     * @param packetId the broker's number for it until it is acknowledged, then for another one; 0 with QoS 0
     * @param qos at most that of the publisher, and at most that of the subscription
     * @param isDup whether the broker has sent it before
     * @param isRetained whether the broker had it before the subscription
     * @param device the device's id, in its own way
     * @param address the device's address when it published
     * @param number the device's number for the reading
     */
    public record Message(
            int packetId,
            int qos,
            boolean isDup,
            boolean isRetained,
            String device,
            String address,
            long number,
            BigDecimal celsius) {}

    /** The value of a record. */
    public record Reading(long number, BigDecimal celsius, boolean isAgain) {}

    /** A connection to the broker. When it is lost, calls have no effect. */
    public interface Session {

        /** Subscribes to the readings of all devices with this QoS: 0, 1 or 2. */
        void subscribe(int qos);

        /** Acknowledges a message. The broker sends it again only after a connection was lost, and only if it was not. */
        void acknowledge(int packetId);

        void disconnect();
    }

    /** A message, and the session on which it arrived. */
    record Arrival(Session session, Message message) {}

    /** By key: the messages that Kafka does not have, the first of which is sent. */
    private final Map<String, Queue<Arrival>> waiting = new HashMap<>();

    Producer<String, Reading> producer;
    Map<String, Long> newest;
    Session session;

    /**
     * Called once, before all others.
     *
     * @param newest the newest number in the topic by key
     */
    public void start(Producer<String, Reading> producer, Map<String, Long> newest) {
        this.producer = producer;
        this.newest = new HashMap<>(newest);
    }

    /** Called before each connection. */
    public Connect connect() {
        return new Connect("sensor-bridge", false);
    }

    /**
     * Called when a connection exists.
     *
     * @param isPresent whether the broker has continued an earlier session
     */
    public void connected(Session session, boolean isPresent) {
        this.session = session;
        if (!isPresent) {
            session.subscribe(1);
        }
    }

    /** Called for each message, on the newest session. */
    public void arrived(Message message) {
        if (message.isRetained()) {
            acknowledge(new Arrival(session, message));
        } else {
            enqueue(new Arrival(session, message));
        }
    }

    private void enqueue(Arrival arrival) {
        Queue<Arrival> queue = waiting.computeIfAbsent(queue(arrival.message()), name -> new ArrayDeque<>());
        queue.add(arrival);
        if (queue.size() == 1) {
            send(queue);
        }
    }

    /** The name of the queue in which a message waits. */
    String queue(Message message) {
        return key(message);
    }

    String key(Message message) {
        return message.device().replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
    }

    void send(Queue<Arrival> queue) {
        Message message = queue.element().message();
        Reading reading = new Reading(message.number(), message.celsius(), isAgain(message));
        var record = new ProducerRecord<>(TOPIC, key(message), reading);
        producer.send(record, (metadata, failure) -> answered(queue, failure));
    }

    private void answered(Queue<Arrival> queue, Exception failure) {
        try {
            if (failure == null) {
                written(queue);
            } else {
                failed(queue, failure);
            }
        } catch (RuntimeException e) {
            session.disconnect();
        }
    }

    boolean isAgain(Message message) {
        return message.number() <= newest.getOrDefault(key(message), Long.MIN_VALUE);
    }

    void written(Queue<Arrival> queue) {
        Arrival first = queue.remove();
        newest.merge(key(first.message()), first.message().number(), Math::max);
        acknowledge(first);
        if (!queue.isEmpty()) {
            send(queue);
        }
    }

    void failed(Queue<Arrival> queue, Exception failure) {
        if (failure instanceof RetriableException) {
            send(queue);
        } else {
            session.disconnect();
        }
    }

    void acknowledge(Arrival arrival) {
        if (arrival.message().qos() > 0) {
            arrival.session().acknowledge(arrival.message().packetId());
        }
    }
}
