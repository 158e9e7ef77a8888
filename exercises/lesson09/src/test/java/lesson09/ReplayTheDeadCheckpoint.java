package lesson09;

import static java.nio.charset.StandardCharsets.UTF_8;
import static workbook.check.script.Script.row;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lesson09.ReplayTheDead.Clients;
import lesson09.ReplayTheDead.Mending;
import lesson09.ReplayTheDead.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.kafka.KafkaTopic;
import workbook.check.kafka.OpenClients;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Dead letters, and what their mending does. The offset in the origin is also the minute of the timestamp and the
 * number in the reason. Two more headers have the same name and bytes that are no text. The output are the records of both
 * topics, by key, those without a key last. The first poll of each consumer returns nothing.
 */
@Checkpoint(ReplayTheDead.class)
class ReplayTheDeadCheckpoint {

    private static final String SCHEMA = "key STRING, value STRING, origin STRING, attempts INT, mending STRING";
    private static final String[] COLUMNS = {"topic", "key", "value", "origin", "attempts", "minute", "reason"};
    private static final String AS_IS = "as it is";
    private static final String MENDED = "mended";
    private static final String IMPOSSIBLE = "impossible";
    private static final String CRASHES = "crashes once";
    private static final String TOO_LARGE = "too large";
    private static final String NOT_COMMITTED = "as it is, but the commit fails";
    private static final String TRACE = "trace";
    private static final int LIMIT = 5_000;

    @Test
    @Order(1)
    void aDeadLetterIsSentAgainWithItsOriginAndOneAttemptMore(ReplayTheDead answer) {
        Replaying replaying = new Replaying(answer);
        script().batch(
                        letter("7", "a", 17, null, MENDED),
                        letter("8", "b", 3, 1, AS_IS),
                        letter("7", "c", 18, 0, AS_IS),
                        letter(null, "d", 5, 2, MENDED),
                        letter("8", "", 4, null, AS_IS))
                .emitsInOrder(
                        sent("7", "a, mended", 17, 1),
                        sent("7", "c", 18, 1),
                        sent("8", "b", 3, 2),
                        sent("8", "", 4, 1),
                        sent(null, "d, mended", 5, 3))
                .expects("dead letters left", 0L, replaying::left)
                .run(replaying);
    }

    @Test
    @Order(2)
    void aDeadLetterThatWasSentThreeTimesOrCannotBeMendedIsParkedUnchanged(ReplayTheDead answer) {
        Replaying replaying = new Replaying(answer);
        script().batch(
                        letter("7", "a", 17, 3, MENDED),
                        letter("8", "b", 3, 2, AS_IS),
                        letter("9", "c", 4, null, IMPOSSIBLE),
                        letter("10", "d", 5, 12, CRASHES),
                        letter("11", null, 8, null, IMPOSSIBLE),
                        letter(null, "e", 6, 1, IMPOSSIBLE))
                .emitsInOrder(
                        sent("8", "b", 3, 3),
                        parked("10", "d", 5, 12),
                        parked("11", null, 8, null),
                        parked("7", "a", 17, 3),
                        parked("9", "c", 4, null),
                        parked(null, "e", 6, 1))
                .expects("crashes of a mending that is not needed", 0, replaying::crashes)
                .run(replaying);
    }

    @Test
    @Order(3)
    void whatFollowsAParkedRecordOfItsKeyIsParkedAlsoByTheNextCall(ReplayTheDead answer) {
        script().batch(
                        letter("7", "a", 1, null, AS_IS),
                        letter("7", "b", 2, null, IMPOSSIBLE),
                        letter("7", "c", 3, null, AS_IS),
                        letter("8", "d", 4, 0, AS_IS),
                        letter("9", "e", 5, 3, AS_IS),
                        letter("9", "f", 6, 0, MENDED))
                .emitsInOrder(
                        sent("7", "a", 1, 1),
                        sent("8", "d", 4, 1),
                        parked("7", "b", 2, null),
                        parked("7", "c", 3, null),
                        parked("9", "e", 5, 3),
                        parked("9", "f", 6, 0))
                .batch(letter("7", "g", 7, 1, AS_IS), letter("8", "h", 8, 1, AS_IS))
                .emitsInOrder(
                        sent("7", "a", 1, 1),
                        sent("8", "d", 4, 1),
                        sent("8", "h", 8, 2),
                        parked("7", "b", 2, null),
                        parked("7", "c", 3, null),
                        parked("7", "g", 7, 1),
                        parked("9", "e", 5, 3),
                        parked("9", "f", 6, 0))
                .run(new Replaying(answer).withSmallPolls());
    }

    @Test
    @Order(4)
    void recordsWithoutAKeyDoNotWaitForEachOther(ReplayTheDead answer) {
        script().batch(
                        letter(null, "a", 1, null, IMPOSSIBLE),
                        letter(null, "b", 2, null, AS_IS),
                        letter(null, "c", 3, null, AS_IS),
                        letter(null, "d", 4, null, AS_IS))
                .emitsInOrder(
                        sent(null, "b", 2, 1), sent(null, "c", 3, 1), sent(null, "d", 4, 1), parked(null, "a", 1, null))
                .batch(letter(null, "e", 5, 1, AS_IS), letter(null, "f", 6, 1, AS_IS))
                .emitsInOrder(
                        sent(null, "b", 2, 1),
                        sent(null, "c", 3, 1),
                        sent(null, "d", 4, 1),
                        sent(null, "e", 5, 2),
                        sent(null, "f", 6, 2),
                        parked(null, "a", 1, null))
                .run(new Replaying(answer));
    }

    /** Without their repetitions. Record a was sent when record b was parked, and stays sent. */
    @Test
    @Order(5)
    void afterACrashNoRecordIsMissingAndNoneIsSentAndParked(ReplayTheDead answer) {
        Replaying replaying = new Replaying(answer).withoutRepetitions();
        script().batch(
                        letter("7", "a", 1, 1, AS_IS),
                        letter("7", "b", 2, null, IMPOSSIBLE),
                        letter("8", "c", 3, null, CRASHES),
                        letter("9", "d", 4, null, CRASHES),
                        letter("7", "e", 5, null, CRASHES),
                        letter("10", "f", 6, null, CRASHES),
                        letter("11", "g", 7, null, CRASHES))
                .emitsInOrder(
                        sent("10", "f", 6, 1),
                        sent("11", "g", 7, 1),
                        sent("7", "a", 1, 2),
                        sent("8", "c", 3, 1),
                        sent("9", "d", 4, 1),
                        parked("7", "b", 2, null),
                        parked("7", "e", 5, null))
                .expects("crashes", true, () -> replaying.crashes() > 0)
                .expects("dead letters left", 0L, replaying::left)
                .run(replaying);
    }

    /** The broker refuses the mended value. */
    @Test
    @Order(6)
    void aRecordThatTheBrokerRefusesIsNotCommitted(ReplayTheDead answer) {
        Replaying replaying = new Replaying(answer).withoutRepetitions();
        script().batch(letter("7", "a", 1, null, AS_IS))
                .emitsInOrder(sent("7", "a", 1, 1))
                .batch(letter("7", "b", 2, null, TOO_LARGE))
                .emitsInOrder(sent("7", "a", 1, 1))
                .expects("the method throws", true, replaying::hasFailed)
                .expects("dead letters left", 1L, replaying::left)
                .run(replaying);
    }

    @Test
    @Order(7)
    void aCommitThatFailsEndsTheMethodWithAnException(ReplayTheDead answer) {
        Replaying replaying = new Replaying(answer).withoutRepetitions();
        script().batch(letter("7", "a", 1, null, NOT_COMMITTED))
                .emitsInOrder(sent("7", "a", 1, 1))
                .expects("the first call throws", true, replaying::hasFailed)
                .expects("open clients", 0, replaying::openClients)
                .expects("dead letters left after the next call", 0L, replaying::left)
                .run(replaying);
    }

    /** The first client cannot be created in the first call, the second one in the next call, and so on. */
    @Test
    @Order(8)
    void ifAClientCannotBeCreatedTheOthersAreClosed(ReplayTheDead answer) {
        Replaying replaying = new Replaying(answer).withClientsThatCannotBeCreated();
        script().batch(letter("7", "a", 1, null, AS_IS), letter("8", "b", 2, null, IMPOSSIBLE))
                .emitsInOrder(sent("7", "a", 1, 1), parked("8", "b", 2, null))
                .expects("calls that failed", true, () -> replaying.crashes() > 0)
                .expects("open clients", 0, replaying::openClients)
                .expects("dead letters left", 0L, replaying::left)
                .run(replaying);
    }

    @Test
    @Order(9)
    void randomDeadLettersAreHandledAsALoopSays(ReplayTheDead answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<ScriptRow> first = random(random, 0);
        List<ScriptRow> second = random(random, 100);
        Replaying replaying = new Replaying(answer).withoutRepetitions();
        script().title(seed.hint())
                .batch(first)
                .emitsInOrder(expected(first).toArray())
                .batch(second)
                .emitsInOrder(
                        expected(Stream.concat(first.stream(), second.stream()).toList())
                                .toArray())
                .expects("dead letters left", 0L, replaying::left)
                .run(replaying);
    }

    private static List<ScriptRow> random(Random random, int from) {
        List<String> kinds = List.of(AS_IS, AS_IS, AS_IS, AS_IS, MENDED, MENDED, MENDED, IMPOSSIBLE, CRASHES);
        return IntStream.range(from, from + 15)
                .mapToObj(i -> {
                    int key = random.nextInt(9);
                    Integer attempts = random.nextInt(3) == 0 ? null : Integer.valueOf(random.nextInt(4));
                    return row(
                            key == 0 ? null : "key " + key,
                            "value " + i,
                            "cards-" + key % 2 + "@" + i,
                            attempts,
                            kinds.get(random.nextInt(kinds.size())));
                })
                .toList();
    }

    /** The oracle. */
    private static List<ScriptRow> expected(List<ScriptRow> letters) {
        Set<String> waiting = new HashSet<>();
        List<ScriptRow> records = new ArrayList<>();
        for (ScriptRow letter : letters) {
            String key = (String) letter.get(0);
            int attempts = letter.get(3) == null ? 0 : letter.getInt(3);
            boolean waits =
                    attempts >= 3 || letter.getString(4).equals(IMPOSSIBLE) || key != null && waiting.contains(key);
            if (waits) {
                waiting.add(key);
            }
            boolean isMended = !waits && letter.getString(4).equals(MENDED);
            records.add(record(
                    waits ? "parked" : "payments",
                    key,
                    letter.getString(1) + (isMended ? ", mended" : ""),
                    letter.getString(2),
                    waits ? (Integer) letter.get(3) : Integer.valueOf(attempts + 1)));
        }
        return sorted(records);
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow letter(String key, String value, int offset, Integer attempts, String mending) {
        return row(key, value, "payments-0@" + offset, attempts, mending);
    }

    private static ScriptRow sent(String key, String value, int offset, Integer attempts) {
        return record("payments", key, value, "payments-0@" + offset, attempts);
    }

    private static ScriptRow parked(String key, String value, int offset, Integer attempts) {
        return record("parked", key, value, "payments-0@" + offset, attempts);
    }

    private static ScriptRow record(String topic, String key, String value, String origin, Integer attempts) {
        int number = number(origin);
        return row(topic, key, value, origin, attempts, number, "reason " + number);
    }

    private static int number(String origin) {
        return Integer.parseInt(origin.substring(origin.indexOf('@') + 1));
    }

    /** By topic and key; those with the same key in their order, those without a key by their minute. */
    private static List<ScriptRow> sorted(List<ScriptRow> records) {
        Comparator<ScriptRow> byTopic = Comparator.comparing(record -> record.getString(0), Comparator.reverseOrder());
        Comparator<ScriptRow> byKey =
                Comparator.comparing(record -> (String) record.get(1), Comparator.nullsLast(Comparator.naturalOrder()));
        return records.stream()
                .sorted(byTopic.thenComparing(byKey)
                        .thenComparing(record -> record.get(1) == null ? record.getInt(5) : 0))
                .toList();
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;

        Crash(String origin) {
            super("The program crashes at " + origin + ".");
        }
    }

    /** Calls the method, and again after each crash. */
    private static final class Replaying implements Job, Clients {

        private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
        private static final String GROUP = "replay of ";
        private static final Set<String> COMMITS = Set.of("commitSync", "commitTransaction");

        private final KafkaTopic dead = KafkaTopic.create(2);
        private final KafkaTopic payments = KafkaTopic.create(3, Map.of("max.message.bytes", String.valueOf(LIMIT)));
        private final KafkaTopic parked = KafkaTopic.create(2);
        private final ReplayTheDead answer;
        private final Map<String, String> mendings = new HashMap<>();
        private final Map<String, Object> more = new HashMap<>();
        private boolean hasRepetitions = true;
        private int created;
        private int cannotBeCreated;
        private int openClients;
        private int crashes;
        private boolean hasFailed;

        Replaying(ReplayTheDead answer) {
            this.answer = answer;
        }

        Replaying withoutRepetitions() {
            hasRepetitions = false;
            return this;
        }

        /** One client a call, from the first to the last one that the method creates. */
        Replaying withClientsThatCannotBeCreated() {
            cannotBeCreated = 1;
            return this;
        }

        /** A poll returns one record at most. */
        Replaying withSmallPolls() {
            more.put("max.poll.records", 1);
            return this;
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public void addInput(List<ScriptRow> rows) {
            rows.forEach(row -> mendings.put(row.getString(2), row.getString(4)));
            dead.send(rows.stream().map(this::letter).toArray(ProducerRecord[]::new));
        }

        private ProducerRecord<String, String> letter(ScriptRow row) {
            int number = number(row.getString(2));
            List<Header> headers = new ArrayList<>();
            headers.add(header("origin", row.getString(2)));
            headers.add(header("reason", "reason " + number));
            traces(number).forEach(trace -> headers.add(new RecordHeader(TRACE, trace)));
            if (row.get(3) != null) {
                headers.add(header("attempts", String.valueOf(row.getInt(3))));
            }
            long time = NINE.plusSeconds(60L * number).toEpochMilli();
            String key = (String) row.get(0);
            Integer partition = key == null ? number % 2 : null;
            return new ProducerRecord<>(dead.name(), partition, time, key, row.getString(1), headers);
        }

        private static List<byte[]> traces(int number) {
            return List.of(new byte[] {(byte) 0xC3, (byte) number}, new byte[] {(byte) 0xFF});
        }

        private static Header header(String name, String value) {
            return new RecordHeader(name, value.getBytes(UTF_8));
        }

        @Override
        public void run() {
            boolean isDone = false;
            while (!isDone) {
                int before = crashes;
                try {
                    ReplayTheDead program = NewInstance.of(answer);
                    Topics topics = new Topics(dead.name(), payments.name(), parked.name());
                    Mending mending = this::mended;
                    OpenClients.expectNoneAfter(() -> program.replay(this, topics, GROUP + dead.name(), mending));
                    isDone = true;
                } catch (Exception e) {
                    boolean isRefused = mendings.containsValue(TOO_LARGE);
                    boolean isNotCommitted = mendings.containsValue(NOT_COMMITTED);
                    mendings.replaceAll((origin, mending) -> mending.equals(NOT_COMMITTED) ? AS_IS : mending);
                    if (crashes == before && !isRefused && !isNotCommitted) {
                        throw e;
                    }
                    hasFailed = isRefused || isNotCommitted;
                    isDone = isRefused;
                }
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public Consumer<String, String> consumer(Map<String, Object> settings) {
            create();
            Map<String, Object> all = new HashMap<>(settings);
            all.putAll(Map.of("bootstrap.servers", dead.servers(), "fetch.max.wait.ms", 10));
            all.putAll(more);
            return client(Consumer.class, new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer()));
        }

        @Override
        @SuppressWarnings("unchecked")
        public Producer<String, String> producer(Map<String, Object> settings) {
            create();
            Map<String, Object> all = new HashMap<>(settings);
            all.putAll(Map.of("bootstrap.servers", dead.servers(), "linger.ms", 0));
            return client(Producer.class, new KafkaProducer<>(all, new StringSerializer(), new StringSerializer()));
        }

        private void create() {
            created++;
            if (created == cannotBeCreated) {
                created = 0;
                cannotBeCreated++;
                crashes++;
                throw new KafkaException("Failed to construct a Kafka client");
            }
        }

        /** Its first poll returns nothing, and its commits fail while a letter says so. */
        private <T> T client(Class<T> type, T client) {
            openClients++;
            AtomicBoolean hasPolled = new AtomicBoolean();
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        boolean fails = mendings.containsValue(NOT_COMMITTED);
                        if (fails && method.getName().equals("commitAsync")) {
                            return null; // only its callback would be told
                        }
                        if (fails && COMMITS.contains(method.getName())) {
                            throw new TimeoutException("The broker does not respond.");
                        }
                        if (method.getName().equals("poll") && !hasPolled.getAndSet(true)) {
                            return ConsumerRecords.empty();
                        }
                        try {
                            Object result = method.invoke(client, arguments);
                            openClients -= method.getName().equals("close") ? 1 : 0;
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        private Optional<String> mended(String origin, String value) {
            return switch (mendings.getOrDefault(origin, "unknown origin " + origin)) {
                case AS_IS, NOT_COMMITTED -> Optional.of(value);
                case MENDED -> Optional.of(value + ", mended");
                case IMPOSSIBLE -> Optional.empty();
                case TOO_LARGE -> Optional.of("x".repeat(2 * LIMIT));
                case CRASHES -> {
                    crashes++;
                    mendings.put(origin, AS_IS);
                    throw new Crash(origin);
                }
                default -> throw new IllegalArgumentException("No dead letter has the origin " + origin + ".");
            };
        }

        @Override
        public List<ScriptRow> output() {
            List<ScriptRow> records = Stream.concat(
                            payments.committedRecords().stream().map(record -> row("payments", record)),
                            parked.committedRecords().stream().map(record -> row("parked", record)))
                    .toList();
            return sorted(hasRepetitions ? records : records.stream().distinct().toList());
        }

        private static ScriptRow row(String topic, ConsumerRecord<String, String> record) {
            String attempts = header(record, "attempts");
            long minute = (record.timestamp() - NINE.toEpochMilli()) / 60_000;
            boolean isOnItsPartition = !topic.equals("payments")
                    || record.key() == null
                    || record.partition()
                            == BuiltInPartitioner.partitionForKey(record.key().getBytes(UTF_8), 3);
            return Script.row(
                    isOnItsPartition ? topic : topic + ", not on the partition of the key",
                    record.key(),
                    record.value(),
                    header(record, "origin"),
                    attempts == null || !attempts.matches("\\d+") ? attempts : (Object) Integer.valueOf(attempts),
                    (int) Math.min(minute, Integer.MAX_VALUE),
                    header(record, "reason") + (hasItsTraces(record) ? "" : ", without its traces"));
        }

        private static boolean hasItsTraces(ConsumerRecord<String, String> record) {
            List<ByteBuffer> traces = new ArrayList<>();
            record.headers().headers(TRACE).forEach(trace -> traces.add(ByteBuffer.wrap(trace.value())));
            int number = number(header(record, "origin"));
            return traces.equals(traces(number).stream().map(ByteBuffer::wrap).toList());
        }

        /** The value of a header; the values if there are several with this name. */
        private static String header(ConsumerRecord<String, String> record, String name) {
            List<String> values = new ArrayList<>();
            record.headers().headers(name).forEach(header -> values.add(new String(header.value(), UTF_8)));
            return values.isEmpty() ? null : String.join(" and ", values);
        }

        int crashes() {
            return crashes;
        }

        int openClients() {
            return openClients;
        }

        boolean hasFailed() {
            return hasFailed;
        }

        /** How many dead letters the group has not committed. */
        long left() {
            Map<Integer, Long> committed = dead.committed(GROUP + dead.name());
            return dead.records().stream()
                    .filter(record -> record.offset() >= committed.getOrDefault(record.partition(), 0L))
                    .count();
        }
    }
}
