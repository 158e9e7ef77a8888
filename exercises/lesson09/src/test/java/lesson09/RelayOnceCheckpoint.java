package lesson09;

import static workbook.check.script.Script.row;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.CallLimit;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/** Amounts are sent in transactions. The output are the records that a reader of committed records gets. */
@Checkpoint(RelayOnce.class)
class RelayOnceCheckpoint {

    private static final String PLAIN = "none";
    private static final String COMMITTED = "committed";
    private static final String ABORTED = "aborted";
    private static final String DELETED = "none, later deleted";
    private static final String NO_KEY = "none, without a key";
    private static final String OPEN = "open, committed later";

    @Test
    @Order(1)
    void largeAmountsAreRelayedInOrderAndTheNextCallGoesOnBehindThem(RelayOnce answer) {
        try (Relaying relaying = new Relaying(answer, Polls.THE_FIRST_IS_EMPTY)) {
            script().batch(row("100", PLAIN), row("99.99", PLAIN), row("250.5", COMMITTED), row("9", PLAIN))
                    .emitsInOrder(row("100"), row("250.5"))
                    .expects("records left", 0L, relaying::left)
                    .expects("open clients", 0, relaying::openClients)
                    .batch()
                    .emitsInOrder(row("100"), row("250.5"))
                    .batch(row("300", NO_KEY), row("100.00", PLAIN), row("300", PLAIN), row("-300", PLAIN))
                    .emitsInOrder(row("100"), row("250.5"), row("300, without a key"), row("100.00"), row("300"))
                    .batch(row("5", PLAIN))
                    .emitsInOrder(row("100"), row("250.5"), row("300, without a key"), row("100.00"), row("300"))
                    .expects("records left", 0L, relaying::left)
                    .run(relaying);
        }
    }

    @Test
    @Order(2)
    void abortedRecordsAreNotRelayedAndAnOpenTransactionIsNotWaitedFor(RelayOnce answer) {
        try (Relaying relaying = new Relaying(answer)) {
            script().batch()
                    .emitsNothing()
                    .batch(row("100", DELETED), row("250.5", COMMITTED), row("400", ABORTED))
                    .emitsInOrder(row("250.5"))
                    .batch(row("300", OPEN), row("500", PLAIN))
                    .emitsInOrder(row("250.5"))
                    .batch(row("400", ABORTED))
                    .emitsInOrder(row("250.5"), row("300"), row("500"))
                    .expects("records left", 0L, relaying::left)
                    .run(relaying);
        }
    }

    @Test
    @Order(3)
    void aCrashAfterSomeRecordsAreSentRepeatsNone(RelayOnce answer) {
        crash(answer, Polls.ALL, new Fault("send", 2, Fault.Kind.DIES_AFTER));
    }

    @Test
    @Order(4)
    void aCrashBeforeTheCommitLosesNoRecord(RelayOnce answer) {
        crash(answer, Polls.ALL, new Fault("commitTransaction", 1, Fault.Kind.DIES_BEFORE));
    }

    @Test
    @Order(5)
    void aCrashAfterTheCommitRepeatsNoRecord(RelayOnce answer) {
        crash(answer, Polls.ALL, new Fault("commitTransaction", 1, Fault.Kind.DIES_AFTER));
    }

    @Test
    @Order(6)
    void aCrashBetweenTwoPollsLosesNoRecord(RelayOnce answer) {
        crash(answer, Polls.ONE_RECORD, new Fault("commitTransaction", 1, Fault.Kind.DIES_AFTER));
    }

    /** The first call dies, the second one ends. */
    private static void crash(RelayOnce answer, Polls polls, Fault fault) {
        try (Relaying relaying = new Relaying(answer, polls).with(fault, Fault.NONE)) {
            script().batch(row("100", PLAIN), row("9", PLAIN), row("300", PLAIN), row("400", PLAIN))
                    .emitsInOrder(row("100"), row("300"), row("400"))
                    .expects("records left", 0L, relaying::left)
                    .batch(row("500", PLAIN))
                    .emitsInOrder(row("100"), row("300"), row("400"), row("500"))
                    .run(relaying);
        }
    }

    @Test
    @Order(7)
    void theRecordsOfAnAbortedTransactionAreRelayedByTheSameCall(RelayOnce answer) {
        try (Relaying relaying = new Relaying(answer)
                .with(new Fault("commitTransaction", 1, Fault.Kind.MUST_ABORT))
                .with(new Fault("send", 2, Fault.Kind.MUST_ABORT))) {
            script().batch(row("100", PLAIN), row("300", PLAIN))
                    .emitsInOrder(row("100"), row("300"))
                    .expects("open clients", 0, relaying::openClients)
                    .expects("records left", 0L, relaying::left)
                    .batch(row("400", PLAIN), row("500", PLAIN))
                    .emitsInOrder(row("100"), row("300"), row("400"), row("500"))
                    .run(relaying);
        }
    }

    @Test
    @Order(8)
    void afterAnExceptionTheNextCallRelaysTheRecords(RelayOnce answer) {
        try (Relaying relaying = new Relaying(answer)
                .with(new Fault("commitTransaction", 1, Fault.Kind.FAILS))
                .with(Fault.NONE)) {
            script().batch(row("100", PLAIN), row("300", PLAIN))
                    .emitsNothing()
                    .expects("open clients", 0, relaying::openClients)
                    .batch()
                    .emitsInOrder(row("100"), row("300"))
                    .expects("records left", 0L, relaying::left)
                    .run(relaying);
        }
    }

    @Test
    @Order(9)
    void aTransactionThatIsAbortedLaterIsRelayedFromTheLastCommit(RelayOnce answer) {
        try (Relaying relaying = new Relaying(answer, Polls.ONE_RECORD)
                .with(Fault.NONE)
                .with(new Fault("commitTransaction", 2, Fault.Kind.MUST_ABORT))) {
            script().batch(row("100", PLAIN), row("300", PLAIN))
                    .emitsInOrder(row("100"), row("300"))
                    .batch(row("400", PLAIN), row("500", PLAIN))
                    .emitsInOrder(row("100"), row("300"), row("400"), row("500"))
                    .run(relaying);
        }
    }

    /** The first program stalls before its commit. A second one relays everything, then the first goes on. */
    @Test
    @Order(10)
    void aProgramThatWasReplacedIsFenced(RelayOnce answer) {
        try (Relaying relaying = new Relaying(answer)) {
            relaying.send(List.of(row("100", PLAIN), row("9", PLAIN), row("300", PLAIN)));
            String end = endOfOneThatStalls(
                    "commitTransaction", relaying, () -> relaying.relay(NewInstance.of(answer), Fault.NONE));
            script().batch(row("400", PLAIN))
                    .emitsInOrder(row("100"), row("300"), row("400"))
                    .expects("the call that was replaced", "Kafka's exception", () -> end)
                    .expects("open clients", 0, relaying::openClients)
                    .run(relaying);
        }
    }

    /** If it commits without a transaction, it stalls there. The second program relays a record more. */
    @Test
    @Order(11)
    void aProgramThatWasReplacedDoesNotPutTheGroupBack(RelayOnce answer) {
        try (Relaying relaying = new Relaying(answer)) {
            relaying.send(List.of(row("9", PLAIN)));
            endOfOneThatStalls("commitSync", relaying, () -> {
                relaying.send(List.of(row("300", PLAIN)));
                relaying.relay(NewInstance.of(answer), Fault.NONE);
            });
            script().batch(row("400", PLAIN))
                    .emitsInOrder(row("300"), row("400"))
                    .expects("records left", 0L, relaying::left)
                    .run(relaying);
        }
    }

    @Test
    @Order(12)
    void theRelayOfAnotherGroupIsNotFenced(RelayOnce answer) {
        try (Relaying relaying = new Relaying(answer)) {
            relaying.send(List.of(row("100", PLAIN)));
            String end = endOfOneThatStalls(
                    "commitTransaction",
                    relaying,
                    () -> relaying.relay(NewInstance.of(answer), Fault.NONE, "another relay"));
            script().batch(row("400", PLAIN))
                    .emitsInOrder(row("100"), row("100"), row("400"))
                    .expects("the call of the first group", "returned", () -> end)
                    .run(relaying);
        }
    }

    /** Stalls a program before it calls a method, until others have done their work. Returns how its call ends. */
    private static String endOfOneThatStalls(String method, Relaying relaying, Runnable others) {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Fault stall = new Fault(method, 1, Fault.Kind.STALLS, stalled, goesOn);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> {
            try {
                relaying.relay(relaying.answer, stall);
                return "returned";
            } catch (KafkaException e) {
                return "Kafka's exception";
            } finally {
                stalled.countDown();
            }
        });
        try {
            CallLimit.run(() -> {
                stalled.await();
                others.run();
            });
        } finally {
            goesOn.countDown();
        }
        return CallLimit.call(CallLimit.DEFAULT, first::get);
    }

    /** The first client cannot be created in the first call, the second one in the next call. */
    @Test
    @Order(13)
    void ifAClientCannotBeCreatedTheOtherOneIsClosed(RelayOnce answer) {
        try (Relaying relaying = new Relaying(answer)
                .with(
                        new Fault(Faulty.CREATE, 1, Fault.Kind.FAILS),
                        new Fault(Faulty.CREATE, 2, Fault.Kind.FAILS),
                        Fault.NONE)) {
            script().batch(row("100", PLAIN), row("9", PLAIN))
                    .emitsInOrder(row("100"))
                    .expects("open clients", 0, relaying::openClients)
                    .expects("records left", 0L, relaying::left)
                    .run(relaying);
        }
    }

    /** Each call dies at a random call of a client, until one ends. */
    @Test
    @Order(14)
    void afterCrashesAtRandomEachLargeAmountIsRelayedOnce(RelayOnce answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<ScriptRow> amounts =
                Stream.generate(() -> random(random)).limit(15).toList();
        Fault[] faults = Stream.concat(
                        Stream.generate(() -> new Fault(
                                        null,
                                        4 + random.nextInt(25),
                                        random.nextBoolean() ? Fault.Kind.DIES_AFTER : Fault.Kind.DIES_BEFORE))
                                .limit(3),
                        Stream.of(Fault.NONE))
                .toArray(Fault[]::new);
        try (Relaying relaying = new Relaying(answer).with(faults)) {
            script().title(seed.hint())
                    .batch(amounts)
                    .emitsInOrder(amounts.stream()
                            .filter(amount -> !amount.getString(1).equals(ABORTED))
                            .filter(amount -> Double.parseDouble(amount.getString(0)) >= 100)
                            .map(amount -> row(amount.getString(0)))
                            .toArray())
                    .expects("records left", 0L, relaying::left)
                    .run(relaying);
        }
    }

    private static ScriptRow random(Random random) {
        int cents = 9_900 + random.nextInt(random.nextBoolean() ? 200 : 90_000);
        String amount = cents / 100 + "." + cents / 10 % 10 + cents % 10;
        return row(amount, List.of(PLAIN, PLAIN, PLAIN, COMMITTED, ABORTED).get(random.nextInt(5)));
    }

    private static Script script() {
        return Script.of("amount STRING, transaction STRING").columns("amount");
    }

    /** The machine switches off: nothing of the program is executed any more. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1;

        Died() {
            super("The program has died.");
        }
    }

    /**
     * What happens at the n-th call of a method of a client; at the n-th call of any method if it is null. A
     * transaction has to be aborted at the n-th and at the next one.
     */
    private record Fault(String method, int call, Kind kind, CountDownLatch stalled, CountDownLatch goesOn) {

        static final Fault NONE = new Fault("none", 0, Kind.DIES_AFTER);

        enum Kind {
            DIES_BEFORE,
            DIES_AFTER,
            MUST_ABORT,
            FAILS,
            STALLS
        }

        Fault(String method, int call, Kind kind) {
            this(method, call, kind, null, null);
        }
    }

    /** What the polls of a consumer return. */
    private enum Polls {
        ALL,
        THE_FIRST_IS_EMPTY,
        ONE_RECORD
    }

    /** The clients of one call of the method, with its fault. */
    private static final class Faulty implements RelayOnce.Clients {

        static final String CREATE = "create";

        private final String servers;
        private final Fault fault;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger open = new AtomicInteger();
        private final List<AutoCloseable> clients = new ArrayList<>();
        private final Polls polls;
        private final AtomicBoolean hasPolled = new AtomicBoolean();
        private volatile boolean isDead;

        Faulty(String servers, Fault fault, Polls polls) {
            this.servers = servers;
            this.fault = fault;
            this.polls = polls;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Consumer<String, String> consumer(Map<String, Object> settings) {
            create();
            Map<String, Object> all = new HashMap<>(settings);
            all.putAll(Map.of("bootstrap.servers", servers, "fetch.max.wait.ms", 10, "default.api.timeout.ms", 8_000));
            if (polls == Polls.ONE_RECORD) {
                all.put("max.poll.records", 1);
            }
            return client(Consumer.class, new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer()));
        }

        @Override
        @SuppressWarnings("unchecked")
        public Producer<String, String> producer(Map<String, Object> settings) {
            create();
            Map<String, Object> all = new HashMap<>(settings);
            all.putAll(Map.of("bootstrap.servers", servers, "linger.ms", 0));
            return client(Producer.class, new KafkaProducer<>(all, new StringSerializer(), new StringSerializer()));
        }

        private void create() {
            if (CREATE.equals(fault.method()) && isFault(CREATE)) {
                throw new KafkaException("Failed to construct a Kafka client");
            }
        }

        private <T extends AutoCloseable> T client(Class<T> type, T client) {
            clients.add(client);
            open.incrementAndGet();
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        boolean isFault = isFault(method.getName());
                        before(isFault);
                        boolean isEmpty = polls == Polls.THE_FIRST_IS_EMPTY
                                && method.getName().equals("poll");
                        if (isEmpty && !hasPolled.getAndSet(true)) {
                            return ConsumerRecords.empty();
                        }
                        Object result;
                        try {
                            result = method.invoke(client, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        if (method.getName().equals("close")) {
                            open.decrementAndGet();
                        }
                        after(isFault, client);
                        return result;
                    }));
        }

        private boolean isFault(String method) {
            if (fault.method() != null && !fault.method().equals(method)) {
                return false;
            }
            int call = calls.incrementAndGet();
            return call == fault.call() || fault.kind() == Fault.Kind.MUST_ABORT && call == fault.call() + 1;
        }

        private void before(boolean isFault) throws InterruptedException {
            isDead |= isFault && fault.kind() == Fault.Kind.DIES_BEFORE;
            if (isDead) {
                throw new Died();
            }
            if (isFault && fault.kind() == Fault.Kind.MUST_ABORT) {
                throw new TransactionAbortableException("The transaction cannot be committed, only aborted.");
            }
            if (isFault && fault.kind() == Fault.Kind.FAILS) {
                throw new TimeoutException("The broker does not respond.");
            }
            if (isFault && fault.kind() == Fault.Kind.STALLS) {
                fault.stalled().countDown();
                fault.goesOn().await();
            }
        }

        /** What the producer was told to send reaches the broker. */
        private void after(boolean isFault, AutoCloseable client) {
            if (isFault && fault.kind() == Fault.Kind.DIES_AFTER) {
                isDead = true;
                if (client instanceof Producer<?, ?> producer && "send".equals(fault.method())) {
                    producer.flush();
                }
                throw new Died();
            }
        }

        int open() {
            return isDead ? 0 : open.get();
        }

        void close() throws Exception {
            for (AutoCloseable client : clients) {
                if (client instanceof Producer<?, ?> producer) {
                    producer.close(Duration.ZERO);
                } else {
                    client.close();
                }
            }
        }
    }

    /** Sends amounts and relays them, with one call for each fault of a batch. Without faults, in one call. */
    private static final class Relaying implements Job, AutoCloseable {

        private final KafkaTopic from = KafkaTopic.create(1);
        private final KafkaTopic to = KafkaTopic.create(1);
        private final RelayOnce answer;
        private final List<List<Fault>> faults = new ArrayList<>();
        private final List<Faulty> calls = new ArrayList<>();
        private final Polls polls;
        private KafkaProducer<String, String> open;

        Relaying(RelayOnce answer) {
            this(answer, Polls.ALL);
        }

        Relaying(RelayOnce answer, Polls polls) {
            this.answer = answer;
            this.polls = polls;
        }

        /** The faults of the next batch. */
        Relaying with(Fault... ofABatch) {
            faults.add(List.of(ofABatch));
            return this;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            if (open != null) {
                from.commit(open);
                open.close();
                open = null;
            }
            send(rows);
        }

        /** Those without a transaction that follow each other are sent together. */
        void send(List<ScriptRow> rows) {
            List<ProducerRecord<String, String>> plain = new ArrayList<>();
            for (ScriptRow row : rows) {
                ProducerRecord<String, String> record = from.record("key of " + row.getString(0), row.getString(0));
                if (row.getString(1).equals(PLAIN)) {
                    plain.add(record);
                } else {
                    sendAll(plain);
                    send(record, row.getString(1));
                }
            }
            sendAll(plain);
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private void sendAll(List<ProducerRecord<String, String>> records) {
            if (!records.isEmpty()) {
                from.send(records.toArray(ProducerRecord[]::new));
                records.clear();
            }
        }

        private void send(ProducerRecord<String, String> record, String transaction) {
            switch (transaction) {
                case COMMITTED -> from.sendAndCommit(record);
                case ABORTED -> from.sendAndAbort(record);
                case NO_KEY -> from.send(from.record(null, record.value()));
                case OPEN -> open = from.inTransaction(record);
                case DELETED -> {
                    from.send(record);
                    from.deleteBefore(0, from.records().size());
                }
                default -> throw new IllegalArgumentException(transaction);
            }
        }

        @Override
        public void run() {
            List<Fault> ofABatch = faults.isEmpty() ? List.of(Fault.NONE) : faults.remove(0);
            for (Fault fault : ofABatch) {
                try {
                    relay(NewInstance.of(answer), fault);
                } catch (Died e) {
                    // the next call is the restart
                } catch (RuntimeException e) {
                    if (fault.kind() != Fault.Kind.FAILS) {
                        throw e;
                    }
                }
            }
        }

        void relay(RelayOnce program, Fault fault) {
            relay(program, fault, group());
        }

        void relay(RelayOnce program, Fault fault, String group) {
            Faulty clients = new Faulty(from.servers(), fault, polls);
            synchronized (calls) {
                calls.add(clients);
            }
            program.relay(clients, from.name(), to.name(), group);
        }

        private String group() {
            return "relay of " + from.name();
        }

        @Override
        public List<ScriptRow> output() {
            return to.committedRecords().stream()
                    .map(record -> row(record.value() + key(record)))
                    .toList();
        }

        /** What is to say about its key; nothing if it is the one that it was sent with. */
        private static String key(ConsumerRecord<String, String> record) {
            if (record.key() == null) {
                return ", without a key";
            }
            return record.key().equals("key of " + record.value()) ? "" : ", with the key " + record.key();
        }

        /** How many committed records the group has not read. */
        long left() {
            long next = from.committed(group()).getOrDefault(0, 0L);
            return from.committedRecords().stream()
                    .filter(record -> record.offset() >= next)
                    .count();
        }

        int openClients() {
            return calls.stream().mapToInt(Faulty::open).sum();
        }

        @Override
        public void close() {
            if (open != null) {
                open.close();
            }
            for (Faulty call : calls) {
                try {
                    call.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
