package lesson13;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/** Right answers written differently, and one that only knows the devices in the checkpoint. */
class SensorBridgeAlternatives {

    /** Each message is a stage behind the one before it of its device; QoS 2, and a subscription with each connection. */
    public static class ChainsOfFutures extends SensorBridge {

        private final Map<String, CompletableFuture<Void>> last = new HashMap<>();
        private Producer<String, Reading> kafka;
        private Map<String, Long> highest;
        private Session current;

        @Override
        public void start(Producer<String, Reading> producer, Map<String, Long> newest) {
            kafka = producer;
            highest = new TreeMap<>(newest);
        }

        @Override
        public Connect connect() {
            return new Connect("bridge-of-" + TOPIC, false);
        }

        @Override
        public void connected(Session session, boolean isPresent) {
            current = session;
            session.subscribe(2);
        }

        @Override
        public void arrived(Message message) {
            Session session = current;
            if (message.isRetained()) {
                session.acknowledge(message.packetId());
                return;
            }
            StringBuilder digits = new StringBuilder();
            message.device()
                    .chars()
                    .filter(digit -> Character.digit(digit, 16) >= 0)
                    .forEach(digit -> digits.append(Character.toLowerCase((char) digit)));
            String device = digits.toString();
            CompletableFuture<Void> before = last.getOrDefault(device, CompletableFuture.completedFuture(null));
            last.put(device, before.thenCompose(ready -> written(device, message, session)));
        }

        private CompletableFuture<Void> written(String device, Message message, Session session) {
            CompletableFuture<Void> written = new CompletableFuture<>();
            Long newest = highest.get(device);
            boolean isAgain = newest != null && newest >= message.number();
            var record = new ProducerRecord<>(TOPIC, device, new Reading(message.number(), message.celsius(), isAgain));
            try {
                kafka.send(record, (metadata, failure) -> {
                    if (failure == null) {
                        highest.put(device, isAgain ? newest : Long.valueOf(message.number()));
                        if (message.packetId() != 0) {
                            session.acknowledge(message.packetId());
                        }
                        written.complete(null);
                    } else if (failure instanceof RetriableException) {
                        written(device, message, session).thenRun(() -> written.complete(null));
                    } else {
                        current.disconnect();
                    }
                });
            } catch (KafkaException e) {
                current.disconnect();
            }
            return written;
        }
    }

    /** One list of all messages; after each change, whatever may be sent is sent. */
    public static class OneList extends SensorBridge {

        private final List<Arrival> all = new ArrayList<>();
        private final Set<String> underWay = new HashSet<>();
        private boolean isStopped;

        @Override
        public void arrived(Message message) {
            all.add(new Arrival(session, message));
            sendWhatMayBeSent();
        }

        private void sendWhatMayBeSent() {
            for (Arrival arrival : List.copyOf(all)) {
                Message message = arrival.message();
                if (message.isRetained()) {
                    all.remove(arrival);
                    acknowledge(arrival);
                } else if (!isStopped && underWay.add(key(message))) {
                    Reading reading = new Reading(message.number(), message.celsius(), isAgain(message));
                    send(arrival, new ProducerRecord<>(TOPIC, key(message), reading));
                }
            }
        }

        private void send(Arrival arrival, ProducerRecord<String, Reading> record) {
            try {
                producer.send(record, (metadata, failure) -> answered(arrival, failure));
            } catch (KafkaException e) {
                isStopped = true;
                session.disconnect();
            }
        }

        private void answered(Arrival arrival, Exception failure) {
            String device = key(arrival.message());
            underWay.remove(device);
            if (failure == null) {
                all.remove(arrival);
                newest.merge(device, arrival.message().number(), Long::max);
                acknowledge(arrival);
            } else if (!(failure instanceof RetriableException)) {
                isStopped = true;
                session.disconnect();
            }
            sendWhatMayBeSent();
        }
    }

    public static class Learnt extends SensorBridge {

        private static final Set<String> KNOWN = Set.of("001b44113ab7", "001b44113ac8");

        @Override
        public void arrived(Message message) {
            if (KNOWN.contains(key(message))) {
                super.arrived(message);
            }
        }
    }
}
