package lesson13;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import lesson13.SensorBridge.Connect;
import lesson13.SensorBridge.Message;
import lesson13.SensorBridge.Reading;
import lesson13.SensorBridge.Session;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row of the input is something that happens: a device publishes, Kafka writes the oldest record that waits, a connection
 * is lost. The output is the topic, device by device.
 */
@Checkpoint(SensorBridge.class)
class SensorBridgeCheckpoint {

    private static final String SCHEMA =
            "event STRING, device STRING, number BIGINT, celsius DECIMAL(4,1), address STRING";
    private static final String[] COLUMNS = {"key", "number", "celsius", "again"};

    private static final String A = "00-1B-44-11-3A-B7";
    private static final String B = "00-1B-44-11-3A-C8";
    private static final String KEY_A = "001b44113ab7";
    private static final String KEY_B = "001b44113ac8";

    private static final String KAFKA_WRITES = "Kafka writes";
    private static final String KAFKA_WRITES_ALL = "Kafka writes all";
    private static final String KAFKA_TIMES_OUT = "Kafka times out";
    private static final String TOO_FEW_REPLICAS = "too few replicas";
    private static final String NOT_AUTHORIZED = "not authorized";
    private static final String TOO_LARGE = "record too large";
    private static final String SEND_THROWS = "send throws from now on";
    private static final String ANOTHER_BRIDGE = "another bridge starts";
    private static final String LOST = "connection lost";
    private static final String CONNECTED = "connected again";
    private static final String SESSION_LOST = "session lost";
    private static final String ENDS = "process ends";
    private static final String ENDS_WRITTEN = "process ends, records are written";
    private static final String STARTS = "process starts";

    private static final int QUIET = 10_000;

    @Test
    @Order(1)
    void everyMessageBecomesARecord(SensorBridge answer) {
        script().batch(published(A, 1, "21.5"), published(B, 7, "-3.0"), published(A, 2, "21.6"), all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), record(KEY_A, 2, "21.6"), record(KEY_B, 7, "-3.0"))
                .run(new Bridging(answer));
    }

    @Test
    @Order(2)
    void theKeyIsTheDeviceHoweverItsIdAndItsAddressAreWritten(SensorBridge answer) {
        script().batch(
                        published("00:1b:44:11:3a:b7", 1, "21.5", "2001:db8::1"),
                        published("001b.4411.3ab7", 2, "21.6", "2001:0db8:0::1"),
                        published("001B44113AB7", 3, "21.7", "2001:db8::8c1:77ff:fe0e:9a1"),
                        published("00 1b 44 11 3a c8", 1, "18.0", "2001:db8::1"),
                        all())
                .emitsInOrder(
                        record(KEY_A, 1, "21.5"),
                        record(KEY_A, 2, "21.6"),
                        record(KEY_A, 3, "21.7"),
                        record(KEY_B, 1, "18.0"))
                .run(new Bridging(answer));
    }

    @Test
    @Order(3)
    void devicesDoNotWaitForEachOther(SensorBridge answer) {
        Bridging bridging = new Bridging(answer);
        script().batch(published(A, 1, "21.5"), published(B, 1, "18.0"), published(B, 2, "18.1"))
                .expects("devices whose records wait for Kafka", 2, bridging::waitingDevices)
                .run(bridging);
    }

    @Test
    @Order(4)
    void theBrokerKeepsWhatIsPublishedWhileTheBridgeIsAway(SensorBridge answer) {
        Bridging bridging = new Bridging(answer);
        script().batch(published(A, 1, "21.5"), all())
                .emitsInOrder(record(KEY_A, 1, "21.5"))
                .expects("messages that came with QoS 1 or 2", 1, bridging::toBeAcknowledged)
                .batch(happens(LOST), published(A, 2, "21.6"), published(A, 3, "21.7"), happens(CONNECTED), all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), record(KEY_A, 2, "21.6"), record(KEY_A, 3, "21.7"))
                .expects("sessions of the broker", 1, bridging::sessions)
                .batch(happens(ENDS), published(A, 4, "21.8"), happens(STARTS), all())
                .emitsInOrder(
                        record(KEY_A, 1, "21.5"),
                        record(KEY_A, 2, "21.6"),
                        record(KEY_A, 3, "21.7"),
                        record(KEY_A, 4, "21.8"))
                .run(bridging);
    }

    @Test
    @Order(5)
    void aMessageIsAcknowledgedWhenItsRecordIsInKafka(SensorBridge answer) {
        Bridging bridging = new Bridging(answer);
        script().batch(published(A, 1, "21.5"), published(A, 2, "21.6"), happens(ENDS), happens(STARTS), all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), record(KEY_A, 2, "21.6"))
                .expects("messages that are not acknowledged", 0, bridging::unacknowledged)
                .batch(
                        published(A, 3, "21.7"),
                        published(A, 4, "21.8"),
                        happens(KAFKA_WRITES),
                        happens(ENDS),
                        happens(STARTS),
                        all())
                .emitsInOrder(
                        record(KEY_A, 1, "21.5"),
                        record(KEY_A, 2, "21.6"),
                        record(KEY_A, 3, "21.7"),
                        record(KEY_A, 4, "21.8"))
                .expects("messages that are not acknowledged", 0, bridging::unacknowledged)
                .run(bridging);
    }

    @Test
    @Order(6)
    void aRecordThatFailsForNowIsSentAgainBeforeTheNextOfItsDevice(SensorBridge answer) {
        Bridging bridging = new Bridging(answer);
        script().batch(
                        published(A, 1, "21.5"),
                        published(A, 2, "21.6"),
                        happens(KAFKA_TIMES_OUT),
                        happens(TOO_FEW_REPLICAS),
                        published(A, 3, "21.7"),
                        happens(KAFKA_TIMES_OUT),
                        all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), record(KEY_A, 2, "21.6"), record(KEY_A, 3, "21.7"))
                .expects("messages that are not acknowledged", 0, bridging::unacknowledged)
                .batch(published(A, 4, "21.8"))
                .batch(Collections.nCopies(20, happens(KAFKA_TIMES_OUT)))
                .batch(all())
                .emitsInOrder(
                        record(KEY_A, 1, "21.5"),
                        record(KEY_A, 2, "21.6"),
                        record(KEY_A, 3, "21.7"),
                        record(KEY_A, 4, "21.8"))
                .run(bridging);
    }

    @Test
    @Order(7)
    void aRecordIsMarkedIfTheTopicHasItsNumber(SensorBridge answer) {
        script().batch(published(A, 1, "21.5"), happens(KAFKA_WRITES), published(A, 1, "21.5"), all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), again(KEY_A, 1, "21.5"))
                .batch(published(A, 2, "21.6"), happens(LOST), happens(CONNECTED), all())
                .emitsInOrder(
                        record(KEY_A, 1, "21.5"),
                        again(KEY_A, 1, "21.5"),
                        record(KEY_A, 2, "21.6"),
                        again(KEY_A, 2, "21.6"))
                .batch(published(A, 1, "21.5"), published(A, 2, "21.6"), published(A, 4, "21.8"), all())
                .emitsInOrder(
                        record(KEY_A, 1, "21.5"),
                        again(KEY_A, 1, "21.5"),
                        record(KEY_A, 2, "21.6"),
                        again(KEY_A, 2, "21.6"),
                        again(KEY_A, 1, "21.5"),
                        again(KEY_A, 2, "21.6"),
                        record(KEY_A, 4, "21.8"))
                .run(new Bridging(answer));
    }

    @Test
    @Order(8)
    void aRecordThatTheProcessBeforeHasWrittenIsMarked(SensorBridge answer) {
        script().batch(
                        published(A, 1, "21.5"),
                        published(B, 9, "18.0"),
                        happens(ENDS_WRITTEN),
                        happens(STARTS),
                        published(A, 2, "21.6"),
                        published(B, 8, "18.1"),
                        all())
                .emitsInOrder(
                        record(KEY_A, 1, "21.5"),
                        again(KEY_A, 1, "21.5"),
                        record(KEY_A, 2, "21.6"),
                        record(KEY_B, 9, "18.0"),
                        again(KEY_B, 9, "18.0"),
                        again(KEY_B, 8, "18.1"))
                .run(new Bridging(answer));
    }

    @Test
    @Order(9)
    void aRetainedMessageIsNoNews(SensorBridge answer) {
        Bridging bridging = new Bridging(answer, publication(A, 5, "20.0"));
        script().batch(happens("published retained", B, 1, "18.0"), all())
                .emitsInOrder(record(KEY_B, 1, "18.0"))
                .expects("messages that are not acknowledged", 0, bridging::unacknowledged)
                .batch(happens(SESSION_LOST), happens(CONNECTED), published(A, 6, "20.1"), all())
                .emitsInOrder(record(KEY_A, 6, "20.1"), record(KEY_B, 1, "18.0"))
                .expects("messages that are not acknowledged", 0, bridging::unacknowledged)
                .run(bridging);
    }

    @Test
    @Order(10)
    void theBridgeGoesOnIfTheBrokerHasLostItsSession(SensorBridge answer) {
        script().batch(
                        published(A, 1, "21.5"),
                        published(A, 2, "21.6"),
                        happens(SESSION_LOST),
                        happens(CONNECTED),
                        published(A, 3, "21.7"),
                        all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), record(KEY_A, 2, "21.6"), record(KEY_A, 3, "21.7"))
                .run(new Bridging(answer));
    }

    @Test
    @Order(11)
    void aMessageIsAcknowledgedOnItsOwnSession(SensorBridge answer) {
        Bridging bridging = new Bridging(answer);
        script().batch(
                        published(A, 1, "21.5"),
                        happens(SESSION_LOST),
                        happens(CONNECTED),
                        published(B, 1, "18.0"),
                        happens(KAFKA_WRITES),
                        happens(ENDS),
                        happens(STARTS),
                        all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), record(KEY_B, 1, "18.0"))
                .expects("messages that are not acknowledged", 0, bridging::unacknowledged)
                .run(bridging);
    }

    @Test
    @Order(12)
    void theBridgeDisconnectsIfKafkaRefusesARecord(SensorBridge answer) {
        Bridging bridging = new Bridging(answer);
        script().batch(
                        published(A, 1, "21.5"),
                        published(A, 2, "21.6"),
                        published(B, 1, "18.0"),
                        happens(NOT_AUTHORIZED))
                .expects("connected", false, bridging::isConnected)
                .batch(all())
                .emitsInOrder(record(KEY_B, 1, "18.0"))
                .batch(happens(ENDS), happens(STARTS), happens(LOST), happens(CONNECTED), happens(TOO_LARGE))
                .expects("connected", false, bridging::isConnected)
                .batch(happens(ENDS), happens(STARTS), all())
                .emitsInOrder(
                        record(KEY_A, 1, "21.5"),
                        record(KEY_A, 2, "21.6"),
                        record(KEY_B, 1, "18.0"),
                        again(KEY_B, 1, "18.0"))
                .run(bridging);
    }

    @Test
    @Order(13)
    void theQosOfAMessageIsThatOfItsPublisherAtMost(SensorBridge answer) {
        Bridging bridging = new Bridging(answer);
        script().batch(
                        happens("published with QoS 0", A, 1, "21.5"),
                        happens("published with QoS 2", A, 2, "21.6"),
                        all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), record(KEY_A, 2, "21.6"))
                .expects("messages that are not acknowledged", 0, bridging::unacknowledged)
                .run(bridging);
    }

    @Test
    @Order(14)
    void theBridgeDisconnectsIfSendThrows(SensorBridge answer) {
        Bridging bridging = new Bridging(answer);
        script().batch(happens(SEND_THROWS), published(A, 1, "21.5"))
                .expects("connected", false, bridging::isConnected)
                .batch(
                        happens(ENDS),
                        happens(STARTS),
                        published(A, 2, "21.6"),
                        happens(SEND_THROWS),
                        happens(KAFKA_WRITES))
                .expects("connected", false, bridging::isConnected)
                .batch(happens(ENDS), happens(STARTS), happens(SEND_THROWS), happens(KAFKA_TIMES_OUT))
                .expects("connected", false, bridging::isConnected)
                .batch(happens(ENDS), happens(STARTS), all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), record(KEY_A, 2, "21.6"))
                .run(bridging.withoutMarked());
    }

    @Test
    @Order(15)
    void anotherBridgeInTheProcessChangesNothing(SensorBridge answer) {
        Bridging bridging = new Bridging(answer);
        script().batch(
                        published(A, 1, "21.5"),
                        all(),
                        happens(ANOTHER_BRIDGE),
                        published(A, 1, "21.5"),
                        published(A, 2, "21.6"),
                        all())
                .emitsInOrder(record(KEY_A, 1, "21.5"), again(KEY_A, 1, "21.5"), record(KEY_A, 2, "21.6"))
                .expects("messages that are not acknowledged", 0, bridging::unacknowledged)
                .run(bridging);
    }

    @Test
    @Order(16)
    void nothingIsLostWhateverHappens(SensorBridge answer) {
        Seed seed = Seed.next();
        List<ScriptRow> events = random(seed.random());
        Bridging bridging = new Bridging(answer);
        script().title(seed.hint())
                .batch(events)
                .emitsInOrder(firsts(events))
                .expects("messages that are not acknowledged", 0, bridging::unacknowledged)
                .run(bridging.withoutMarked());
    }

    /** Devices count their readings while everything happens in between; at the end, Kafka writes what is left. */
    private static List<ScriptRow> random(Random random) {
        List<String> devices = IntStream.range(0, 3)
                .mapToObj(i -> "%012X".formatted(random.nextLong(1L << 48)))
                .toList();
        Map<String, Long> numbers = new HashMap<>();
        List<ScriptRow> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String device = devices.get(random.nextInt(devices.size()));
            long number = numbers.getOrDefault(device, 0L);
            switch (random.nextInt(10)) {
                case 0 -> events.add(happens(oneOf(random, KAFKA_TIMES_OUT, TOO_FEW_REPLICAS)));
                case 1 -> events.addAll(between(random, happens(LOST), happens(CONNECTED), events, number, device));
                case 2 ->
                    events.addAll(between(
                            random,
                            happens(oneOf(random, ENDS, ENDS_WRITTEN)),
                            happens(STARTS),
                            events,
                            number,
                            device));
                case 3, 4, 5 -> events.add(happens(KAFKA_WRITES));
                default -> {
                    numbers.put(device, number + 1);
                    events.add(reading(random, device, number + 1));
                }
            }
        }
        events.add(all());
        return events;
    }

    /** The last reading of the device comes again, or not, while the bridge is away. */
    private static List<ScriptRow> between(
            Random random, ScriptRow away, ScriptRow back, List<ScriptRow> events, long number, String device) {
        List<ScriptRow> published = events.stream()
                .filter(event -> number > 0 && device.equals(event.get(1)) && event.getLong(2) == number)
                .limit(random.nextInt(2))
                .toList();
        List<ScriptRow> all = new ArrayList<>(List.of(away));
        all.addAll(published);
        all.add(back);
        return all;
    }

    private static ScriptRow reading(Random random, String device, long number) {
        BigDecimal celsius = BigDecimal.valueOf(random.nextInt(-400, 400), 1);
        return row("published", device, number, celsius, "2001:db8::" + random.nextInt(1, 9));
    }

    private static String oneOf(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    /** Each reading once, by device in the order of its numbers. */
    private static Object[] firsts(List<ScriptRow> events) {
        Map<String, Map<Long, ScriptRow>> firsts = new TreeMap<>();
        for (ScriptRow event : events) {
            if (event.getString(0).equals("published")) {
                String key = event.getString(1).toLowerCase();
                firsts.computeIfAbsent(key, device -> new TreeMap<>())
                        .putIfAbsent(event.getLong(2), row(key, event.get(2), event.get(3), false));
            }
        }
        return firsts.values().stream()
                .flatMap(readings -> readings.values().stream())
                .toArray();
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow published(String device, long number, String celsius) {
        return published(device, number, celsius, "2001:db8::1");
    }

    private static ScriptRow published(String device, long number, String celsius, String address) {
        return row("published", device, number, celsius, address);
    }

    private static ScriptRow happens(String event, String device, long number, String celsius) {
        return row(event, device, number, celsius, "2001:db8::1");
    }

    private static ScriptRow happens(String event) {
        return row(event, null, null, null, null);
    }

    private static ScriptRow all() {
        return happens(KAFKA_WRITES_ALL);
    }

    private static ScriptRow record(String key, long number, String celsius) {
        return row(key, number, new BigDecimal(celsius), false);
    }

    private static ScriptRow again(String key, long number, String celsius) {
        return row(key, number, new BigDecimal(celsius), true);
    }

    private static Publication publication(String device, long number, String celsius) {
        return new Publication(device, "2001:db8::1", number, new BigDecimal(celsius), 1);
    }

    /** What a device publishes. */
    private record Publication(String device, String address, long number, BigDecimal celsius, int qos) {}

    /** A bridge between the broker and Kafka, to which happens what the rows say. */
    private static final class Bridging implements Job {

        private final Broker broker = new Broker();
        private final Kafka kafka = new Kafka();
        private SensorBridge bridge;
        private boolean isStarted;
        private boolean showsMarked = true;
        private List<ScriptRow> events = List.of();

        Bridging(SensorBridge answer, Publication... retained) {
            bridge = answer;
            List.of(retained).forEach(broker::retain);
        }

        Bridging withoutMarked() {
            showsMarked = false;
            return this;
        }

        int unacknowledged() {
            return broker.unacknowledged();
        }

        int toBeAcknowledged() {
            return broker.toBeAcknowledged;
        }

        int sessions() {
            return broker.sessions.size();
        }

        boolean isConnected() {
            return broker.isConnected();
        }

        int waitingDevices() {
            return kafka.waitingKeys();
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            events = rows;
        }

        @Override
        public void run() {
            if (!isStarted) {
                isStarted = true;
                start();
            }
            events.forEach(this::happens);
        }

        private void happens(ScriptRow event) {
            switch (event.getString(0)) {
                case KAFKA_WRITES -> kafka.write();
                case KAFKA_WRITES_ALL -> kafka.writeAll();
                case KAFKA_TIMES_OUT -> kafka.fail(new TimeoutException("120000 ms has passed"));
                case TOO_FEW_REPLICAS -> kafka.fail(new NotEnoughReplicasException("1 of 2 replicas"));
                case NOT_AUTHORIZED -> kafka.fail(new TopicAuthorizationException(SensorBridge.TOPIC));
                case TOO_LARGE -> kafka.fail(new RecordTooLargeException("larger than 1048576"));
                case SEND_THROWS -> kafka.breakProducer();
                case ANOTHER_BRIDGE -> new Bridging(NewInstance.of(bridge)).start();
                case LOST -> broker.loseConnection();
                case SESSION_LOST -> broker.loseSessions();
                case CONNECTED -> broker.connect(bridge);
                case ENDS -> end(false);
                case ENDS_WRITTEN -> end(true);
                case STARTS -> {
                    bridge = NewInstance.of(bridge);
                    start();
                }
                case "published retained" -> {
                    broker.retain(publication(event, 1));
                    broker.publish(publication(event, 1));
                }
                case "published with QoS 0" -> broker.publish(publication(event, 0));
                case "published with QoS 2" -> broker.publish(publication(event, 2));
                default -> broker.publish(publication(event, 1));
            }
        }

        private void start() {
            bridge.start(kafka.producer(), kafka.newest());
            broker.connect(bridge);
        }

        private void end(boolean areWritten) {
            broker.loseConnection();
            kafka.endProducer(areWritten);
        }

        private static Publication publication(ScriptRow event, int qos) {
            return new Publication(event.getString(1), event.getString(4), event.getLong(2), event.getDecimal(3), qos);
        }

        @Override
        public List<ScriptRow> output() {
            return kafka.topic().stream()
                    .filter(record -> showsMarked || !record.value().isAgain())
                    .sorted(Comparator.comparing(record -> String.valueOf(record.key())))
                    .map(record -> row(
                            record.key(),
                            record.value().number(),
                            record.value().celsius(),
                            record.value().isAgain()))
                    .toList();
        }
    }

    /** A broker of MQTT: for each client id a session, with the messages that its client has not acknowledged. */
    private static final class Broker {

        private final Map<String, Stored> sessions = new HashMap<>();
        private final Map<String, Publication> retained = new TreeMap<>();
        private Connection connection;
        private int toBeAcknowledged;

        private static final class Stored {
            private final boolean isClean;
            private int qos = -1;
            /** In the order in which they were sent first. */
            private final Map<Integer, Sent> sent = new LinkedHashMap<>();

            private final List<Sent> queued = new ArrayList<>();

            Stored(boolean isClean) {
                this.isClean = isClean;
            }
        }

        /** A message that the broker keeps until it is acknowledged. */
        private record Sent(Publication publication, int qos, boolean isRetained) {}

        private final class Connection implements Session {

            private final String clientId;
            private final Stored stored;
            private final SensorBridge bridge;

            Connection(String clientId, Stored stored, SensorBridge bridge) {
                this.clientId = clientId;
                this.stored = stored;
                this.bridge = bridge;
            }

            @Override
            public void subscribe(int qos) {
                if (qos < 0 || qos > 2) {
                    throw new IllegalArgumentException("There is no QoS " + qos);
                }
                if (isOpen()) {
                    stored.qos = qos;
                    retained.values().forEach(one -> stored.queued.add(sent(one, true)));
                }
            }

            @Override
            public void acknowledge(int packetId) {
                if (packetId == 0) {
                    throw new IllegalArgumentException("A message with QoS 0 has no packet id to acknowledge");
                }
                if (isOpen()) {
                    stored.sent.remove(packetId);
                }
            }

            @Override
            public void disconnect() {
                if (isOpen()) {
                    loseConnection();
                }
            }

            private boolean isOpen() {
                return connection == this;
            }

            Sent sent(Publication publication, boolean isRetained) {
                return new Sent(publication, Math.min(stored.qos, publication.qos()), isRetained);
            }

            void resend() {
                new LinkedHashMap<>(stored.sent).forEach((packetId, one) -> arrive(packetId, one, true));
            }

            void deliverQueued() {
                while (isOpen() && !stored.queued.isEmpty()) {
                    deliver(stored.queued.remove(0));
                }
            }

            void deliver(Sent one) {
                int packetId = 0;
                if (one.qos() > 0) {
                    packetId = IntStream.iterate(1, i -> i + 1)
                            .filter(i -> !stored.sent.containsKey(i))
                            .findFirst()
                            .orElseThrow();
                    stored.sent.put(packetId, one);
                    toBeAcknowledged++;
                }
                arrive(packetId, one, false);
            }

            private void arrive(int packetId, Sent one, boolean isDup) {
                Publication publication = one.publication();
                if (!isOpen()) {
                    return;
                }
                try {
                    bridge.arrived(new Message(
                            packetId,
                            one.qos(),
                            isDup,
                            one.isRetained(),
                            publication.device(),
                            publication.address(),
                            publication.number(),
                            publication.celsius()));
                } catch (Broken e) {
                    disconnect();
                }
            }
        }

        void connect(SensorBridge bridge) {
            Connect connect = bridge.connect();
            boolean isNameless =
                    connect.clientId() == null || connect.clientId().isBlank();
            String clientId = isNameless ? UUID.randomUUID().toString() : connect.clientId();
            if (connect.isClean()) {
                sessions.remove(clientId);
            }
            boolean isPresent = sessions.containsKey(clientId);
            Stored stored = sessions.computeIfAbsent(clientId, id -> new Stored(connect.isClean()));
            connection = new Connection(clientId, stored, bridge);
            Connection opened = connection;
            bridge.connected(opened, isPresent);
            opened.resend();
            opened.deliverQueued();
        }

        void publish(Publication publication) {
            for (Stored stored : sessions.values()) {
                if (stored.qos >= 0) {
                    Sent sent = new Sent(publication, Math.min(stored.qos, publication.qos()), false);
                    if (connection != null && connection.stored == stored) {
                        connection.deliver(sent);
                    } else if (sent.qos() > 0) {
                        stored.queued.add(sent);
                    }
                }
            }
        }

        void retain(Publication publication) {
            retained.put(publication.device(), publication);
        }

        void loseConnection() {
            if (connection != null && connection.stored.isClean) {
                sessions.remove(connection.clientId);
            }
            connection = null;
        }

        void loseSessions() {
            loseConnection();
            sessions.clear();
        }

        boolean isConnected() {
            return connection != null;
        }

        int unacknowledged() {
            return sessions.values().stream()
                    .mapToInt(stored -> stored.sent.size())
                    .sum();
        }
    }

    /** What send throws when the producer cannot be used any more. */
    private static final class Broken extends KafkaException {
        Broken() {
            super("The producer is in an error state");
        }
    }

    /** A topic, and the producer of the process that runs. */
    private static final class Kafka {

        private final List<ProducerRecord<String, Reading>> topic = new ArrayList<>();
        private Producing producer = new Producing();

        private static final class Producing extends MockProducer<String, Reading> {

            private final Queue<ProducerRecord<String, Reading>> waiting = new ArrayDeque<>();
            private boolean isBroken;

            Producing() {
                super(false, null, new StringSerializer(), (topic, reading) -> new byte[0]);
            }

            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<String, Reading> record, Callback callback) {
                if (!record.topic().equals(SensorBridge.TOPIC)) {
                    throw new IllegalArgumentException(
                            "The topic is " + SensorBridge.TOPIC + ", not " + record.topic());
                }
                if (isBroken) {
                    throw new Broken();
                }
                Objects.requireNonNull(record.value(), "A record without a value was sent");
                waiting.add(record);
                super.send(record, callback);
                return new Unawaited();
            }

            @Override
            public synchronized void flush() {
                throw Unawaited.refused("flush()");
            }
        }

        /** Kafka answers after the method has returned, so waiting for it never ends. */
        private static final class Unawaited extends CompletableFuture<RecordMetadata> {

            @Override
            public RecordMetadata get() {
                throw refused("get()");
            }

            @Override
            public RecordMetadata get(long timeout, TimeUnit unit) {
                throw refused("get()");
            }

            @Override
            public RecordMetadata join() {
                throw refused("join()");
            }

            static IllegalStateException refused(String method) {
                return new IllegalStateException(
                        method + " waits for Kafka, which answers only after your method has returned");
            }
        }

        Producing producer() {
            return producer;
        }

        void write() {
            if (!producer.waiting.isEmpty()) {
                topic.add(producer.waiting.remove());
                answer(producer::completeNext);
            }
        }

        /** Kafka logs what a callback throws. */
        private static void answer(Runnable callback) {
            try {
                callback.run();
            } catch (Broken e) {
                // without effect
            }
        }

        void breakProducer() {
            producer.isBroken = true;
        }

        void writeAll() {
            for (int i = 0; i < QUIET && !producer.waiting.isEmpty(); i++) {
                write();
            }
        }

        void fail(RuntimeException failure) {
            if (!producer.waiting.isEmpty()) {
                producer.waiting.remove();
                answer(() -> producer.errorNext(failure));
            }
        }

        void endProducer(boolean areWritten) {
            if (areWritten) {
                topic.addAll(producer.waiting);
            }
            producer = new Producing();
        }

        int waitingKeys() {
            return (int) producer.waiting.stream()
                    .map(ProducerRecord::key)
                    .distinct()
                    .count();
        }

        Map<String, Long> newest() {
            Map<String, Long> newest = new HashMap<>();
            topic.forEach(record -> newest.merge(record.key(), record.value().number(), Math::max));
            return newest;
        }

        List<ProducerRecord<String, Reading>> topic() {
            return topic;
        }
    }
}
