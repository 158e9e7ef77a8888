//DEPS org.eclipse.paho:org.eclipse.paho.client.mqttv3:1.2.5
package lesson13;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A client of MQTT 3.1.1 that keeps the messages that it receives. */
final class LocalMqttClient implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 30;

    private final LocalMqttBroker broker;
    private final MqttClient client;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    LocalMqttClient(LocalMqttBroker broker, String id) throws MqttException {
        this.broker = broker;
        client = new MqttClient(broker.uri(), id, new MemoryPersistence());
        client.setCallback(new Keeping());
    }

    /** The broker keeps the session while this client is away. */
    LocalMqttClient withPersistentSession() {
        options.setCleanSession(false);
        return this;
    }

    /** What the broker publishes if the connection ends without a goodbye. */
    LocalMqttClient withLastWill(String topic, String text) {
        options.setWill(topic, text.getBytes(StandardCharsets.UTF_8), 1, false);
        return this;
    }

    /** Returns whether the broker had a session of this client. */
    boolean connect() throws MqttException {
        return client.connectWithResult(options).getSessionPresent();
    }

    /** Keeps the messages of these topics for {@link #next} and {@link #until}. */
    void subscribe(String topics, int qos) throws MqttException {
        client.subscribe(topics, qos);
    }

    /** The messages of these topics wait for {@link #acknowledge}. */
    void subscribe(String topics, int qos, IMqttMessageListener listener) throws MqttException {
        client.setManualAcks(true);
        client.subscribe(topics, qos, listener);
    }

    void acknowledge(MqttMessage message) {
        try {
            client.messageArrivedComplete(message.getId(), message.getQos());
        } catch (MqttException e) {
            throw new IllegalStateException("Message " + message.getId() + " was not acknowledged", e);
        }
    }

    void publish(String topic, String text, int qos) throws MqttException {
        client.publish(topic, text.getBytes(StandardCharsets.UTF_8), qos, false);
    }

    /** The broker also keeps it for those who subscribe later. */
    void publishRetained(String topic, String text) throws MqttException {
        client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, true);
    }

    /** The next message that was not returned yet; waits for it. */
    Received next() throws InterruptedException {
        Received next = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new IllegalStateException("No message in " + TIMEOUT_SECONDS + " s");
        }
        return next;
    }

    /** The messages before the one with this text. */
    List<Received> until(String text) throws InterruptedException {
        List<Received> before = new ArrayList<>();
        for (Received one = next(); !one.text().equals(text); one = next()) {
            before.add(one);
        }
        return before;
    }

    /** Says goodbye, and returns when the broker knows. */
    void disconnect() throws MqttException, InterruptedException {
        client.disconnect();
        broker.awaitGone(client.getClientId());
    }

    /** Ends the connection as a power cut does, and returns when the broker knows. */
    void cut() throws MqttException, InterruptedException {
        client.disconnectForcibly(0, 1, false);
        broker.awaitGone(client.getClientId());
    }

    private final class Keeping implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            received.add(Received.of(message));
        }

        @Override
        public void connectionLost(Throwable cause) {
            // next() reports that nothing arrives
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // publish() waits for it
        }
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect();
        }
        client.close();
    }
}
