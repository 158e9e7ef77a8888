///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
//SOURCES mqtt/*.java
package lesson13;

import java.net.InetAddress;
import java.util.*;
import picocli.CommandLine.Command;
import workbook.kit.*;

/** Sensors publish to an MQTT broker: what arrives, what waits, what is kept, and how it gets into Kafka. */
@Command(description = "Quality of service, sessions, retained messages and last wills of MQTT, and a bridge to Kafka.")
public class SensorsOverMqtt extends KafkaProgram {

    private LocalMqttBroker broker;
    private LocalMqttClient sensor;

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        try (LocalMqttBroker started = LocalMqttBroker.start();
                LocalMqttClient connected = new LocalMqttClient(started, "sensor")) {
            broker = started;
            sensor = connected;
            sensor.connect();
            System.out.println("the broker listens on " + broker.host());
            qualityOfService();
            away();
            retained();
            lastWill();
            bridge(kafka);
            addresses("2001:db8::1", "2001:0db8:0::1", "2001:DB8:0:0:0:0:0:1");
        }
    }

    private void qualityOfService() throws Exception {
        for (int subscribed = 0; subscribed <= 2; subscribed++) {
            try (LocalMqttClient subscriber = subscriber("subscriber" + subscribed, "qos", subscribed)) {
                for (int published = 0; published <= 2; published++) {
                    sensor.publish("qos", "published with " + published, published);
                }
                List<Received> all = List.of(subscriber.next(), subscriber.next(), subscriber.next());
                System.out.println("subscribed with QoS " + subscribed + ": " + all);
            }
        }
    }

    private void away() throws Exception {
        try (LocalMqttClient clean = new LocalMqttClient(broker, "clean");
                LocalMqttClient persistent = new LocalMqttClient(broker, "persistent").withPersistentSession()) {
            for (LocalMqttClient subscriber : List.of(clean, persistent)) {
                subscriber.connect();
                subscriber.subscribe("away", 2);
                subscriber.disconnect();
            }
            for (int qos = 0; qos <= 2; qos++) {
                sensor.publish("away", "published with " + qos, qos);
            }
            boolean hasClean = clean.connect();
            boolean hasPersistent = persistent.connect();
            clean.subscribe("away", 2);
            sensor.publish("away", "back", 2);
            System.out.println("clean session present: " + hasClean + ", kept: " + clean.until("back"));
            System.out.println("persistent session present: " + hasPersistent + ", kept: " + persistent.until("back"));
        }
    }

    private void retained() throws Exception {
        try (LocalMqttClient early = subscriber("early", "door", 0)) {
            sensor.publishRetained("door", "open");
            System.out.println("subscribed before: " + early.next());
            try (LocalMqttClient late = subscriber("late", "door", 0)) {
                System.out.println("subscribed after: " + late.next());
            }
        }
    }

    private void lastWill() throws Exception {
        try (LocalMqttClient watcher = subscriber("watcher", "alive", 1);
                LocalMqttClient device = new LocalMqttClient(broker, "device").withLastWill("alive", "device lost")) {
            device.connect();
            device.disconnect();
            sensor.publish("alive", "end", 1);
            System.out.println("after DISCONNECT: " + watcher.until("end"));
            device.connect();
            device.cut();
            System.out.println("after a lost connection: " + watcher.next());
        }
    }

    private void bridge(LocalKafka kafka) throws Exception {
        try (KafkaBridge bridge = new KafkaBridge(broker, kafka)) {
            for (int i = 0; i < 2; i++) {
                sensor.publish("sensors/attic/celsius", "30." + i, 1);
                sensor.publish("sensors/garage/celsius", "8." + i, 1);
            }
            bridge.records(4).forEach(record -> System.out.println("in Kafka: " + record));
        }
    }

    private static void addresses(String... spellings) throws Exception {
        Set<InetAddress> addresses = new HashSet<>();
        for (String spelling : spellings) {
            addresses.add(InetAddress.getByName(spelling));
        }
        System.out.println(List.of(spellings) + ": addresses: " + addresses.size());
    }

    private LocalMqttClient subscriber(String id, String topic, int qos) throws Exception {
        LocalMqttClient subscriber = new LocalMqttClient(broker, id);
        subscriber.connect();
        subscriber.subscribe(topic, qos);
        return subscriber;
    }

    public static void main(String... args) {
        Program.run(new SensorsOverMqtt(), args);
    }
}
