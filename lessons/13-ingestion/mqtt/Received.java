package lesson13;

import org.eclipse.paho.client.mqttv3.MqttMessage;

/** A message as it arrived, with the QoS of the delivery and the flag of retained messages. */
record Received(String text, int qos, boolean isRetained) {

    static Received of(MqttMessage message) {
        return new Received(message.toString(), message.getQos(), message.isRetained());
    }

    @Override
    public String toString() {
        return text + " (QoS " + qos + (isRetained ? ", retained)" : ")");
    }
}
