package lesson13;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link SensorBridge} that people give. */
public final class SensorBridgeMisconceptions {

    private SensorBridgeMisconceptions() {}

    @Misconception(
            believed = "A message that has arrived is acknowledged, and then it is sent on.",
            really =
                    "With the acknowledgement the broker forgets it. If the process ends before Kafka has the record, nobody has"
                            + " the message any more.",
            concept = "MQTT")
    public static class AcknowledgesAtOnce extends SensorBridge {
        @Override
        public void arrived(Message message) {
            acknowledge(new Arrival(session, message));
            super.arrived(message);
        }
    }

    @Misconception(
            believed = "What is not acknowledged comes again after a while.",
            really =
                    "MQTT requires that only after the connection was lost. On a connection that holds, the message stays where it is:"
                            + " sending it to Kafka again is the bridge's business.",
            concept = "MQTT")
    public static class WaitsForTheBroker extends SensorBridge {
        @Override
        void failed(Queue<Arrival> queue, Exception failure) {
            // the broker will send it again
        }
    }

    @Misconception(
            believed = "When the callback is called, the record is in Kafka.",
            really =
                    "It is called in both cases. With an exception the record is not there, and acknowledging its message"
                            + " loses it.",
            concept = "Producer guarantees")
    public static class TakesFailuresForSuccess extends SensorBridge {
        @Override
        void failed(Queue<Arrival> queue, Exception failure) {
            written(queue);
        }
    }

    @Misconception(
            believed = "Every failure passes if one tries again.",
            really =
                    "Kafka calls those that may pass retriable. The others come again each time: the bridge turns in a circle, and"
                            + " nobody is told that somebody has to act.",
            concept = "Retries")
    public static class TriesForEver extends SensorBridge {
        @Override
        void failed(Queue<Arrival> queue, Exception failure) {
            send(queue);
        }
    }

    @Misconception(
            believed = "The DUP flag marks a double.",
            really =
                    "It says that the broker sends a message again, not that the first one was handled. And a device that"
                            + " publishes again makes a message without the flag. The device's number decides.",
            concept = "MQTT")
    public static class TrustsTheFlag extends SensorBridge {
        @Override
        boolean isAgain(Message message) {
            return message.isDup();
        }
    }

    @Misconception(
            believed = "With QoS 2 every message arrives exactly once, so there is nothing to mark.",
            really =
                    "Between two ends of one connection. The device that publishes again and the process that ends between Kafka"
                            + " and its acknowledgement are not among them.",
            concept = "MQTT")
    public static class ReliesOnQos2 extends SensorBridge {
        @Override
        public void connected(Session session, boolean isPresent) {
            super.connected(session, true);
            if (!isPresent) {
                session.subscribe(2);
            }
        }

        @Override
        boolean isAgain(Message message) {
            return false;
        }
    }

    @Misconception(
            believed = "The packet id identifies a message.",
            really =
                    "It has 16 bits and identifies a message only until that is acknowledged. Then another message gets it.",
            concept = "MQTT")
    public static class TrustsThePacketId extends SensorBridge {
        private final Set<Integer> seen = new HashSet<>();

        @Override
        boolean isAgain(Message message) {
            return !seen.add(message.packetId());
        }
    }

    @Misconception(
            believed = "Doubles are those that this bridge has seen.",
            really =
                    "The bridge before it has written records, too, and its messages come again. What the topic has is known from"
                            + " the topic.",
            concept = "Idempotence")
    public static class RemembersOnlyItsOwn extends SensorBridge {
        @Override
        public void start(Producer<String, Reading> producer, Map<String, Long> newest) {
            super.start(producer, Map.of());
        }
    }

    @Misconception(
            believed = "Whether a message is a double is decided when it arrives.",
            really =
                    "The first one may be on its way to Kafka then. After the connection was lost, both are in the bridge, and"
                            + " neither is in the topic.",
            concept = "Idempotence")
    public static class DecidesAtArrival extends SensorBridge {
        private final Map<Message, Boolean> again = new IdentityHashMap<>();

        @Override
        public void arrived(Message message) {
            again.put(message, super.isAgain(message));
            super.arrived(message);
        }

        @Override
        boolean isAgain(Message message) {
            return again.get(message);
        }
    }

    @Misconception(
            believed = "A retained message is news like any other.",
            really =
                    "It is what the broker knew last, and comes again with each subscription: hours old, and as if it had been"
                            + " measured now.",
            concept = "MQTT")
    public static class TakesRetainedForNews extends SensorBridge {
        @Override
        public void arrived(Message message) {
            super.arrived(new Message(
                    message.packetId(),
                    message.qos(),
                    message.isDup(),
                    false,
                    message.device(),
                    message.address(),
                    message.number(),
                    message.celsius()));
        }
    }

    @Misconception(
            believed = "A message that is skipped needs no acknowledgement.",
            really =
                    "The broker keeps it in flight and sends it again after each connection. When as many are in flight as the"
                            + " client may have, nothing arrives any more.",
            concept = "MQTT")
    public static class SkipsWithoutAcknowledging extends SensorBridge {
        @Override
        public void arrived(Message message) {
            if (!message.isRetained()) {
                super.arrived(message);
            }
        }
    }

    @Misconception(
            believed = "A clean session is the clean way to begin.",
            really =
                    "Clean means empty: the broker drops the subscription and all messages that it has kept, and those that"
                            + " come before the bridge is back.",
            concept = "MQTT")
    public static class BeginsCleanly extends SensorBridge {
        @Override
        public Connect connect() {
            return new Connect("sensor-bridge", true);
        }
    }

    @Misconception(
            believed = "A client id has to be unique, so a random one is best.",
            really =
                    "The session belongs to the id. With another one the bridge gets another session, and the messages wait in the"
                            + " first one for a client that never comes.",
            concept = "MQTT")
    public static class HasAnotherIdEachTime extends SensorBridge {
        @Override
        public Connect connect() {
            return new Connect(UUID.randomUUID().toString(), false);
        }
    }

    @Misconception(
            believed = "One subscribes once.",
            really =
                    "The subscription is in the session. A broker that has lost the session knows nothing of it: the connection"
                            + " holds, and nothing arrives.",
            concept = "MQTT")
    public static class SubscribesOnce extends SensorBridge {
        private boolean hasSubscribed;

        @Override
        public void connected(Session session, boolean isPresent) {
            super.connected(session, isPresent || hasSubscribed);
            hasSubscribed = true;
        }
    }

    @Misconception(
            believed = "The publisher decides on the quality of service.",
            really =
                    "A message arrives with the lower one of the publisher's and the subscription's. With a subscription of QoS 0"
                            + " nothing is kept and nothing comes again.",
            concept = "MQTT")
    public static class SubscribesWithQos0 extends SensorBridge {
        @Override
        public void connected(Session session, boolean isPresent) {
            super.connected(session, true);
            if (!isPresent) {
                session.subscribe(0);
            }
        }
    }

    @Misconception(
            believed = "Acknowledgements go to the broker, whatever the connection.",
            really =
                    "A packet id is valid in its session. After the broker has lost that one, the same id is that of another message,"
                            + " which the broker now takes for handled.",
            concept = "MQTT")
    public static class AcknowledgesOnTheNewestSession extends SensorBridge {
        @Override
        void acknowledge(Arrival arrival) {
            super.acknowledge(new Arrival(session, arrival.message()));
        }
    }

    @Misconception(
            believed = "With IPv6 every device has an address of its own, which identifies it.",
            really =
                    "It changes: with the network, and with privacy addresses every day. And one address has many spellings, such as"
                            + " 2001:db8::1 and 2001:0db8:0::1.",
            concept = "Partitions and keys")
    public static class KeysByAddress extends SensorBridge {
        @Override
        String key(Message message) {
            return message.address();
        }
    }

    @Misconception(
            believed = "In one spelling, the address identifies the device.",
            really =
                    "All spellings of an address are one key now, and the addresses of a device are still several. Only the device"
                            + " knows which one it is: it has to say so.",
            concept = "Partitions and keys")
    public static class KeysByTheAddressInOneSpelling extends SensorBridge {
        @Override
        String key(Message message) {
            try {
                return InetAddress.getByName(message.address()).getHostAddress();
            } catch (UnknownHostException e) {
                return message.address();
            }
        }
    }

    @Misconception(
            believed = "A device's id is its key as it is.",
            really =
                    "A key is compared byte by byte. Written in three ways, one device is three keys in several partitions: its order"
                            + " is lost, and so is the count of its readings.",
            concept = "Partitions and keys")
    public static class KeysByTheIdAsWritten extends SensorBridge {
        @Override
        String key(Message message) {
            return message.device();
        }
    }

    @Misconception(
            believed = "The producer keeps the order, so records can be sent as they come.",
            really =
                    "It keeps the order of its own retries. After it has given up a record, the next ones are written, and the one"
                            + " that is sent again comes behind them.",
            concept = "Producer guarantees")
    public static class SendsAsTheyCome extends SensorBridge {
        private int messages;

        @Override
        String queue(Message message) {
            return String.valueOf(messages++);
        }
    }

    @Misconception(
            believed = "One record at a time keeps the order.",
            really =
                    "It does, of all devices. Order is needed per device only, and a partition that Kafka cannot write to now stops"
                            + " the others, too.",
            concept = "Partitions and keys")
    public static class SendsOneAtATime extends SensorBridge {
        @Override
        String queue(Message message) {
            return "all";
        }
    }

    @Misconception(
            believed = "The callback of MQTT may wait until Kafka has the record.",
            really =
                    "It is called on the client's only thread. While it waits, no other message is taken, no acknowledgement is sent, and"
                            + " the connection ends when its keep-alive has passed.",
            concept = "Producer guarantees")
    public static class WaitsInTheCallback extends SensorBridge {
        @Override
        void send(Queue<Arrival> queue) {
            Message message = queue.element().message();
            Reading reading = new Reading(message.number(), message.celsius(), isAgain(message));
            try {
                producer.send(new ProducerRecord<>(TOPIC, key(message), reading))
                        .get();
                written(queue);
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
