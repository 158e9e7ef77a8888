package lesson13;

import java.math.BigDecimal;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import workbook.check.Unsolved;

/**
 * Carries the readings of sensors from an MQTT broker to Kafka: none is lost, and those that come twice are marked.
 *
 * <p><b>In:</b> the client of MQTT calls the methods below, on one thread. A message is a {@link Message}. Each device counts
 * its readings, never begins again, and sends them in this order, some of them more than once.
 *
 * <p><b>Out:</b> records of {@link #TOPIC}, sent with the producer. It calls the callback of {@code send} later, on the same
 * thread, between two calls of your methods. Nothing happens while your code waits: the methods return at once.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>Each message that arrives becomes a record, unless it is {@link Message#isRetained retained}: that is the last known
 *     value, which the broker sends to whoever subscribes.
 * <li>The key is the device. Its id is hexadecimal, and every firmware writes it in its own way:
 *     {@code 00-1B-44-11-3A-B7}, {@code 00:1b:44:11:3a:b7}, {@code 001b.4411.3ab7}. As a key it is {@code 001b44113ab7}.
 * <li>A message with QoS 1 or 2 is acknowledged on the session on which it arrived, and not before its record is in Kafka. A
 *     retained one becomes no record and is acknowledged, too. With QoS 0 there is nothing to acknowledge.
 * <li>While the bridge is away, the broker keeps messages for it, as far as MQTT permits. Whoever uses the same client id
 *     gets the same session, and the session has the subscription. If the broker has lost the session, the bridge goes on with
 *     a new one. What arrived before is not lost.
 * <li>{@link Reading#isAgain} says whether the topic has this number of the device, or a later one, when the record is sent.
 *     {@code newest} at the start says what the topic has.
 * <li>The records of a device are in the order in which its messages arrived. Devices do not wait for each other.
 * <li>If Kafka fails with a {@link org.apache.kafka.common.errors.RetriableException}, the record is sent again, at once. After
 *     any other exception, also one that {@code send} throws, the bridge disconnects, sends nothing more for this device, and
 *     somebody starts another one. The client of MQTT disconnects after an exception from {@code arrived}. Kafka only logs
 *     one from a callback.
 * <li>The process may end at any moment. Then another one is started with the records that are in the topic.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=13 -Dexercise=SensorBridge}; hints are in
 * {@code exercises/lesson13/hints/SensorBridge.md}.
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

    /**
     * Called once, before all others.
     *
     * @param newest the newest number in the topic by key
     */
    public void start(Producer<String, Reading> producer, Map<String, Long> newest) {
        throw new Unsolved();
    }

    /** Called before each connection. */
    public Connect connect() {
        throw new Unsolved();
    }

    /**
     * Called when a connection exists.
     *
     * @param isPresent whether the broker has continued an earlier session
     */
    public void connected(Session session, boolean isPresent) {
        throw new Unsolved();
    }

    /** Called for each message, on the newest session. */
    public void arrived(Message message) {
        throw new Unsolved();
    }
}
