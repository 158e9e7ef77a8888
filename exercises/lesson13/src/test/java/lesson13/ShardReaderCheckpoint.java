package lesson13;

import static workbook.check.script.Script.row;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import lesson13.ShardReader.Clock;
import lesson13.ShardReader.ExpiredIterator;
import lesson13.ShardReader.From;
import lesson13.ShardReader.Kinesis;
import lesson13.ShardReader.LeaseLost;
import lesson13.ShardReader.Leases;
import lesson13.ShardReader.Output;
import lesson13.ShardReader.Payment;
import lesson13.ShardReader.ProvisionedThroughputExceeded;
import lesson13.ShardReader.Records;
import lesson13.ShardReader.Shard;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * The input of a script are events of the stream, with the second in which they happen. The stream has the shards s1 and s2. Each
 * batch lasts a minute on a clock of its own, or as long as the {@link World} says, and has a new worker. The output has a row for each card, with its payments in
 * the order in which they were written.
 *
 * <table>
 * <caption>Events</caption>
 * <tr><td>put</td><td>a payment of a card</td></tr>
 * <tr><td>split, merge</td><td>the shard, or the two, are closed; {@code value} has the new ones</td></tr>
 * <tr><td>expire</td><td>the records of a closed shard have expired, and it is not listed any more</td></tr>
 * <tr><td>empty</td><td>so many answers of the shard have no records</td></tr>
 * <tr><td>busy</td><td>the shard refuses requests for so many seconds</td></tr>
 * <tr><td>slow</td><td>the next write takes so many seconds</td></tr>
 * <tr><td>stall in an answer</td><td>the next answer of the shard comes so many seconds later; meanwhile another
 *     worker takes its lease</td></tr>
 * <tr><td>stall in a write</td><td>the same, when the next payment of the shard has been written</td></tr>
 * <tr><td>kill</td><td>the worker is killed so many calls later, and a new one starts</td></tr>
 * </table>
 */
@Checkpoint(ShardReader.class)
class ShardReaderCheckpoint {

    private static final int SECONDS = 60;
    private static final String EVENTS = "second INT, event STRING, shard STRING, card STRING, value STRING";
    private static final String STALL_IN_ANSWER = "stall in an answer";
    private static final String STALL_IN_WRITE = "stall in a write";

    @Test
    @Order(1)
    void paymentsAreWrittenInTheOrderOfTheirShard(ShardReader answer) {
        World world = new World(answer);
        script().batch(
                        put(0, "s1", "a", "a1"),
                        put(0, "s1", "b", "b1"),
                        put(0, "s1", "a", "a2"),
                        put(0, "s1", "a", "a3"),
                        put(0, "s2", "c", "c1"),
                        put(7, "s1", "b", "b2"),
                        put(20, "s2", "c", "c2"),
                        put(54, "s1", "a", "a4"))
                .emits(row("a", "a1 a2 a3 a4"), row("b", "b1 b2"), row("c", "c1 c2"))
                .expects("checkpoints", "s1 at a4, s2 at c2", world::checkpoints)
                .run(world);
    }

    @Test
    @Order(2)
    void anAnswerWithoutPaymentsIsNotTheEnd(ShardReader answer) {
        World world = new World(answer);
        script().batch(
                        event(0, "empty", "s1", "3"),
                        put(0, "s1", "a", "a1"),
                        event(20, "empty", "s1", "2"),
                        put(20, "s1", "a", "a2"),
                        put(50, "s2", "c", "c1"))
                .emits(row("a", "a1 a2"), row("c", "c1"))
                .run(world);
    }

    @Test
    @Order(3)
    void aRepeatedPutIsAnotherPayment(ShardReader answer) {
        World world = new World(answer);
        script().batch(
                        put(0, "s1", "a", "a1"),
                        put(0, "s1", "a", "a1"),
                        put(9, "s1", "a", "a2"),
                        put(9, "s1", "a", "a1"))
                .emits(row("a", "a1 a1 a2 a1"))
                .run(world);
    }

    @Test
    @Order(4)
    void aShardIsReadWhenItsParentHasBeenReadToItsEnd(ShardReader answer) {
        World world = new World(answer);
        script().batch(
                        put(10, "s1", "a", "a1"),
                        put(10, "s1", "b", "b1"),
                        put(10, "s1", "a", "a2"),
                        put(10, "s1", "b", "b2"),
                        put(10, "s1", "a", "a3"),
                        put(10, "s1", "b", "b3"),
                        put(10, "s1", "a", "a4"),
                        event(10, "split", "s1", "s3 s4"),
                        put(10, "s3", "a", "a5"),
                        put(10, "s4", "b", "b4"),
                        put(11, "s3", "a", "a6"),
                        put(40, "s4", "b", "b5"),
                        event(50, "split", "s2", "s5 s6"),
                        put(50, "s6", "c", "c1"))
                .emits(row("a", "a1 a2 a3 a4 a5 a6"), row("b", "b1 b2 b3 b4 b5"), row("c", "c1"))
                .expects(
                        "checkpoints", "s1 at the end, s2 at the end, s3 at a6, s4 at b5, s6 at c1", world::checkpoints)
                .run(world);
    }

    @Test
    @Order(5)
    void aMergedShardHasTwoParents(ShardReader answer) {
        for (String merged : List.of("s1 s2", "s2 s1")) {
            World world = new World(answer);
            script().batch(
                            event(10, "busy", "s2", "10"),
                            put(10, "s1", "a", "a1"),
                            put(10, "s2", "c", "c1"),
                            put(10, "s2", "c", "c2"),
                            event(11, "merge", merged, "s3"),
                            put(11, "s3", "a", "a2"),
                            put(12, "s3", "c", "c3"))
                    .emits(row("a", "a1 a2"), row("c", "c1 c2 c3"))
                    .expects("checkpoints", "s1 at the end, s2 at the end, s3 at c3", world::checkpoints)
                    .run(world);
        }
    }

    @Test
    @Order(6)
    void aParentThatHasExpiredIsNotWaitedFor(ShardReader answer) {
        World world = new World(answer);
        script().batch(event(0, "split", "s1", "s3 s4"), event(0, "expire", "s1", null), put(0, "s3", "a", "a1"))
                .emits(row("a", "a1"))
                .batch(event(60, "merge", "s3 s4", "s5"), event(60, "expire", "s4", null), put(60, "s5", "a", "a2"))
                .emits(row("a", "a1 a2"))
                .expects("checkpoints", "s3 at the end, s5 at a2", world::checkpoints)
                .run(world);
    }

    @Test
    @Order(7)
    void aNewWorkerGoesOnBehindTheCheckpoints(ShardReader answer) {
        World world = new World(answer);
        script().batch(
                        put(0, "s1", "a", "a1"),
                        put(0, "s1", "a", "a2"),
                        put(0, "s2", "c", "c1"),
                        put(0, "s2", "c", "c2"),
                        put(9, "s2", "c", "c3"),
                        event(10, "split", "s1", "s3 s4"))
                .emits(row("a", "a1 a2"), row("c", "c1 c2 c3"))
                .expects("checkpoints", "s1 at the end, s2 at c3", world::checkpoints)
                .batch(put(61, "s3", "a", "a3"), put(61, "s2", "c", "c4"))
                .emits(row("a", "a1 a2 a3"), row("c", "c1 c2 c3 c4"))
                .expects("read again", List.of(), world::readAgain)
                .batch(put(121, "s3", "a", "a4"), put(121, "s2", "c", "c5"))
                .emits(row("a", "a1 a2 a3 a4"), row("c", "c1 c2 c3 c4 c5"))
                .expects("read again", List.of(), world::readAgain)
                .run(world);
    }

    @Test
    @Order(8)
    void aWorkerMayBeKilledAtAnyCall(ShardReader answer) {
        for (int calls = 1; calls <= 60; calls++) {
            World world = new World(answer);
            script().batch(
                            event(0, "kill", null, String.valueOf(calls)),
                            put(0, "s1", "a", "a1"),
                            put(0, "s1", "a", "a2"),
                            put(0, "s1", "a", "a3"),
                            put(0, "s1", "a", "a4"),
                            event(0, "split", "s1", "s3 s4"),
                            put(0, "s3", "a", "a5"),
                            put(0, "s2", "c", "c1"))
                    .emits(row("a", "a1 a2 a3 a4 a5"), row("c", "c1"))
                    .expects("checkpoints", "s1 at the end, s2 at c1, s3 at a5", world::checkpoints)
                    .expects("read again", List.of(), world::readAgain)
                    .run(world);
        }
    }

    @Test
    @Order(9)
    void anExpiredIteratorIsReplaced(ShardReader answer) {
        World world = new World(answer, 400);
        script().batch(
                        put(0, "s1", "a", "a1"),
                        put(0, "s2", "c", "c1"),
                        event(5, "slow", null, "301"),
                        put(5, "s1", "a", "a2"),
                        put(100, "s2", "c", "c2"),
                        put(200, "s1", "a", "a3"),
                        put(350, "s1", "a", "a4"))
                .emits(row("a", "a1 a2 a3 a4"), row("c", "c1 c2"))
                .expects("read again", List.of(), world::readAgain)
                .run(world);
    }

    @Test
    @Order(10)
    void aBusyShardIsAskedLessAndLessOften(ShardReader answer) {
        World world = new World(answer, 120);
        script().batch(
                        event(0, "busy", "s1", "120"),
                        put(0, "s1", "a", "a1"),
                        put(0, "s2", "c", "c1"),
                        put(113, "s2", "c", "c2"))
                .emits(row("c", "c1 c2"))
                .expects("pauses in seconds", List.of(1, 2, 4, 8, 16, 16, 16, 16, 16, 16), world::pauses)
                .batch(event(120, "busy", "s1", "20"), event(170, "busy", "s1", "20"), put(170, "s1", "a", "a2"))
                .emits(row("a", "a1 a2"), row("c", "c1 c2"))
                .expects("pauses in seconds", List.of(1, 2, 4, 8, 16, 1, 2, 4, 8, 16), world::pauses)
                .run(world);
    }

    @Test
    @Order(11)
    void twoWorkersReadAShardForAWhile(ShardReader answer) {
        for (String stall : List.of(STALL_IN_ANSWER, STALL_IN_WRITE)) {
            World world = new World(answer, 200);
            script().batch(
                            put(0, "s1", "a", "a1"),
                            put(0, "s2", "c", "c1"),
                            event(10, stall, "s1", "90"),
                            put(10, "s1", "a", "a2"),
                            put(10, "s1", "a", "a3"),
                            put(50, "s1", "a", "a4"),
                            put(60, "s2", "c", "c2"),
                            put(103, "s1", "a", "a5"))
                    .emits(row("a", "a1 a2 a3 a4 a5"), row("c", "c1 c2"))
                    .expects("checkpoints", "s1 at a5, s2 at c2", world::checkpoints)
                    .expects("without a lease", List.of(), world::withoutALease)
                    .expects("read again", List.of(), world::readAgain)
                    .run(world);
        }
    }

    @Test
    @Order(12)
    void aLeaseMovesWithTheLastPaymentsOfAShard(ShardReader answer) {
        World world = new World(answer, 200);
        script().batch(
                        put(0, "s2", "c", "c1"),
                        event(10, STALL_IN_ANSWER, "s1", "90"),
                        put(10, "s1", "a", "a1"),
                        put(10, "s1", "a", "a2"),
                        event(10, "split", "s1", "s3 s4"),
                        put(11, "s3", "a", "a3"),
                        put(150, "s3", "a", "a4"),
                        put(150, "s2", "c", "c2"))
                .emits(row("a", "a1 a2 a3 a4"), row("c", "c1 c2"))
                .expects("checkpoints", "s1 at the end, s2 at c2, s3 at a4", world::checkpoints)
                .run(world);
    }

    @Test
    @Order(13)
    void aWorkerLosesALeaseWithoutSavingAnything(ShardReader answer) {
        World world = new World(answer, 200);
        script().batch(
                        put(0, "s1", "a", "a1"),
                        event(10, STALL_IN_ANSWER, "s1", "90"),
                        put(50, "s1", "a", "a2"),
                        put(60, "s1", "a", "a3"),
                        put(103, "s1", "a", "a4"))
                .emits(row("a", "a1 a2 a3 a4"))
                .expects("read again", List.of(), world::readAgain)
                .run(world);
    }

    @Test
    @Order(14)
    void sequenceNumbersMayHaveDifferentLengths(ShardReader answer) {
        World world = new World(answer).numberedFrom("1");
        script().batch(put(0, "s1", "a", "a1"), put(0, "s1", "a", "a2"), put(9, "s1", "a", "a3"))
                .emits(row("a", "a1 a2 a3"))
                .batch(put(60, "s1", "a", "a4"), put(60, "s1", "a", "a5"))
                .emits(row("a", "a1 a2 a3 a4 a5"))
                .run(world);
    }

    @Test
    @Order(15)
    void randomStreamsAreWrittenCardByCard(ShardReader answer) {
        Seed seed = Seed.next();
        RandomStream stream = new RandomStream(seed.random());
        World world = new World(answer, 1_000);
        script().title(seed.hint())
                .batch(stream.events)
                .emits(stream.expected())
                .run(world);
    }

    private static Script script() {
        return Script.of(EVENTS).columns("card", "payments");
    }

    private static ScriptRow put(int second, String shard, String card, String payment) {
        return row(second, "put", shard, card, payment);
    }

    private static ScriptRow event(int second, String event, String shard, String value) {
        return row(second, event, shard, null, value);
    }

    /** Cards have fixed places between 0 and 64, a shard has a range of them. */
    private static final class RandomStream {

        private record Range(String shard, int from, int to) {}

        private static final int CARDS = 12;

        private final Random random;
        private final int[] places;
        private final List<ScriptRow> events = new ArrayList<>();
        private final Map<String, List<String>> payments = new TreeMap<>();
        private final List<Range> open = new ArrayList<>(List.of(new Range("s1", 0, 32), new Range("s2", 32, 64)));
        private int shards = 2;

        RandomStream(Random random) {
            this.random = random;
            places = random.ints(CARDS, 0, 64).toArray();
            for (int second = 0; second < 300; second += random.nextInt(8)) {
                switch (random.nextInt(20)) {
                    case 0 -> split(second);
                    case 1 -> merge(second);
                    case 2 -> events.add(event(second, "busy", anyShard(), "" + (1 + random.nextInt(20))));
                    case 3 -> events.add(event(second, "kill", null, "" + (1 + random.nextInt(40))));
                    case 4 -> events.add(event(second, "empty", anyShard(), "" + (1 + random.nextInt(3))));
                    case 5 -> events.add(event(second, stall(), anyShard(), "" + (1 + random.nextInt(60))));
                    default -> put(second);
                }
            }
        }

        private String stall() {
            return random.nextBoolean() ? STALL_IN_ANSWER : STALL_IN_WRITE;
        }

        private String anyShard() {
            return open.get(random.nextInt(open.size())).shard();
        }

        private void put(int second) {
            for (int count = random.nextInt(6); count >= 0; count--) {
                int card = random.nextInt(CARDS);
                Range range = open.stream()
                        .filter(one -> one.from() <= places[card] && places[card] < one.to())
                        .findFirst()
                        .orElseThrow();
                List<String> ofCard = payments.computeIfAbsent("card " + card, name -> new ArrayList<>());
                ofCard.add(String.valueOf(ofCard.size() + 1));
                events.add(ShardReaderCheckpoint.put(
                        second, range.shard(), "card " + card, String.valueOf(ofCard.size())));
            }
        }

        private void split(int second) {
            int at = random.nextInt(open.size());
            Range range = open.get(at);
            int middle = (range.from() + range.to()) / 2;
            if (middle > range.from()) {
                Range left = new Range("s" + ++shards, range.from(), middle);
                Range right = new Range("s" + ++shards, middle, range.to());
                events.add(event(second, "split", range.shard(), left.shard() + " " + right.shard()));
                open.remove(at);
                open.addAll(at, List.of(left, right));
            }
        }

        private void merge(int second) {
            if (open.size() > 1) {
                int at = random.nextInt(open.size() - 1);
                Range left = open.remove(at);
                Range right = open.remove(at);
                Range merged = new Range("s" + ++shards, left.from(), right.to());
                events.add(event(second, "merge", left.shard() + " " + right.shard(), merged.shard()));
                open.add(at, merged);
            }
        }

        List<ScriptRow> expected() {
            return payments.entrySet().stream()
                    .map(card -> row(card.getKey(), String.join(" ", card.getValue())))
                    .toList();
        }
    }

    /** The stream, the leases, the output and the clock, and the workers one after the other. */
    private static final class World implements Job {

        private static final long SECOND = 1_000;
        private static final long NEVER = -1;
        private static final long LIFE_OF_AN_ITERATOR = 300 * SECOND;
        private static final long LIFE_OF_A_LEASE = 10 * SECOND;
        private static final int REQUESTS_IN_A_SECOND = 5;
        private static final int PAYMENTS_IN_AN_ANSWER = 3;
        private static final int CALLS_AT_A_TIME = 2_000;
        /** Sequence numbers are not dense. */
        private static final BigInteger STEP = BigInteger.valueOf(3);

        private static final class FakeShard {
            final Shard shard;
            final List<Payment> payments = new ArrayList<>();
            final Deque<Long> requests = new ArrayDeque<>();
            final Map<String, Long> stalls = new HashMap<>();
            boolean isOpen = true;
            long refused = NEVER;
            int empty;
            long busyUntil;

            FakeShard(Shard shard) {
                this.shard = shard;
            }
        }

        private record Iterator(FakeShard shard, int next, long created) {}

        private final ShardReader answer;
        private final long batch;
        private final Map<String, FakeShard> shards = new LinkedHashMap<>();
        private final Map<String, Iterator> iterators = new HashMap<>();
        private final Map<String, Worker> owners = new HashMap<>();
        private final Map<String, String> checkpoints = new TreeMap<>();
        private final Map<String, String> newest = new HashMap<>();
        private final Map<String, List<String>> written = new TreeMap<>();
        private final Map<String, String> names = new HashMap<>(Map.of(ShardReader.SHARD_END, "the end"));
        private final List<String> readAgain = new ArrayList<>();
        private final List<String> withoutALease = new ArrayList<>();
        private final Deque<ScriptRow> events = new ArrayDeque<>();
        private BigInteger sequenceNumber = new BigInteger("49590338271490256608559692538361571095921575989136588898");
        private long now;
        private long end;
        private long slow;
        private final List<Integer> pauses = new ArrayList<>();
        private int callsNow;
        private int callsToLive = Integer.MAX_VALUE;

        World(ShardReader answer) {
            this(answer, SECONDS);
        }

        World(ShardReader answer, int seconds) {
            this.answer = answer;
            batch = seconds * SECOND;
            for (String id : List.of("s1", "s2")) {
                shards.put(id, new FakeShard(new Shard(id, null, null)));
            }
        }

        World numberedFrom(String number) {
            sequenceNumber = new BigInteger(number);
            return this;
        }

        String checkpoints() {
            List<String> all = new ArrayList<>();
            checkpoints.forEach((shard, checkpoint) -> all.add(shard + " at " + names.get(checkpoint)));
            return String.join(", ", all);
        }

        List<String> readAgain() {
            return readAgain;
        }

        List<String> withoutALease() {
            return withoutALease;
        }

        /** How long the worker of this batch has left each shard alone after a refusal. */
        List<Integer> pauses() {
            return List.copyOf(pauses);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            rows.stream().sorted(Comparator.comparing(row -> row.getInt(0))).forEach(events::add);
        }

        @Override
        public void run() {
            end += batch;
            owners.clear(); // The workers of the batch before have been dead for long.
            pauses.clear();
            shards.values().forEach(shard -> shard.refused = NEVER);
            while (now < end) {
                if (!hasBeenKilled(new Worker(end))) {
                    now = end; // It has ended by itself.
                }
            }
        }

        private boolean hasBeenKilled(Worker worker) {
            try {
                NewInstance.of(answer).run(worker, worker, worker, worker);
                return false;
            } catch (Killed e) {
                return true;
            }
        }

        @Override
        public List<ScriptRow> output() {
            return written.entrySet().stream()
                    .map(card -> row(card.getKey(), String.join(" ", card.getValue())))
                    .toList();
        }

        private void advanceTo(long time) {
            if (time > now) {
                now = time;
                callsNow = 0;
            }
        }

        private void happen() {
            while (!events.isEmpty() && events.peek().getInt(0) * SECOND <= now) {
                happen(events.remove());
            }
        }

        private void happen(ScriptRow event) {
            String shard = event.getString(2);
            String value = event.getString(4);
            switch (event.getString(1)) {
                case "put" -> put(shards.get(shard), event.getString(3), value);
                case "split" -> {
                    shards.get(shard).isOpen = false;
                    for (String child : value.split(" ")) {
                        shards.put(child, new FakeShard(new Shard(child, shard, null)));
                    }
                }
                case "merge" -> {
                    String[] parents = shard.split(" ");
                    for (String parent : parents) {
                        shards.get(parent).isOpen = false;
                    }
                    shards.put(value, new FakeShard(new Shard(value, parents[0], parents[1])));
                }
                case "expire" -> {
                    shards.remove(shard);
                    checkpoints.remove(shard);
                }
                case "empty" -> shards.get(shard).empty = Integer.parseInt(value);
                case "busy" -> shards.get(shard).busyUntil = (event.getInt(0) + Integer.parseInt(value)) * SECOND;
                case STALL_IN_ANSWER, STALL_IN_WRITE ->
                    shards.get(shard).stalls.put(event.getString(1), Integer.parseInt(value) * SECOND);
                case "slow" -> slow = Integer.parseInt(value) * SECOND;
                default -> callsToLive = Integer.parseInt(value);
            }
        }

        private void put(FakeShard shard, String card, String payment) {
            sequenceNumber = sequenceNumber.add(STEP);
            names.put(sequenceNumber.toString(), payment);
            shard.payments.add(new Payment(sequenceNumber.toString(), card, payment));
        }

        /** A process: it has the clients that the answer calls. Each call may be its last one. */
        private final class Worker implements Kinesis, Leases, Output, Clock {

            private long until;
            private boolean isDead;

            Worker(long until) {
                this.until = until;
            }

            private void called() {
                happen();
                if (isDead || now >= until) {
                    die();
                }
                if (--callsToLive <= 0) {
                    callsToLive = Integer.MAX_VALUE;
                    die();
                }
                if (++callsNow > CALLS_AT_A_TIME) {
                    throw new AssertionError(
                            "The worker has made " + CALLS_AT_A_TIME + " calls without sleeping between them.");
                }
            }

            private void die() {
                if (!isDead) {
                    isDead = true;
                    until = now;
                }
                throw new Killed();
            }

            /** Time passes in a call. */
            private void pass(long millis) {
                advanceTo(Math.min(now + millis, Math.max(now, until)));
                called();
            }

            @Override
            public List<Shard> listShards() {
                called();
                return shards.values().stream().map(one -> one.shard).toList();
            }

            @Override
            public String getShardIterator(String shard, From from, String sequenceNumber) {
                called();
                FakeShard found = request(shard);
                int next = switch (from) {
                    case TRIM_HORIZON -> 0;
                    case LATEST -> found.payments.size();
                    case AT_SEQUENCE_NUMBER -> place(found, sequenceNumber);
                    case AFTER_SEQUENCE_NUMBER -> place(found, sequenceNumber) + 1;
                };
                return iterator(found, next);
            }

            private FakeShard request(String shard) {
                FakeShard found = shards.get(shard);
                if (found == null) {
                    throw new IllegalArgumentException("The stream has no shard " + shard);
                }
                if (found.refused >= 0) {
                    pauses.add((int) ((now - found.refused) / SECOND));
                    found.refused = NEVER;
                }
                while (!found.requests.isEmpty() && found.requests.peek() <= now - SECOND) {
                    found.requests.remove();
                }
                if (now < found.busyUntil || found.requests.size() >= REQUESTS_IN_A_SECOND) {
                    found.refused = now;
                    throw new ProvisionedThroughputExceeded();
                }
                found.requests.add(now);
                return found;
            }

            private int place(FakeShard shard, String sequenceNumber) {
                for (int i = 0; i < shard.payments.size(); i++) {
                    if (shard.payments.get(i).sequenceNumber().equals(sequenceNumber)) {
                        return i;
                    }
                }
                throw new IllegalArgumentException(
                        shard.shard.id() + " has no record with the sequence number " + sequenceNumber);
            }

            private String iterator(FakeShard shard, int next) {
                String name = "iterator " + (iterators.size() + 1);
                iterators.put(name, new Iterator(shard, next, now));
                return name;
            }

            @Override
            public Records getRecords(String iterator) {
                called();
                Iterator from = iterators.get(iterator);
                if (from == null) {
                    throw new IllegalArgumentException("Not an iterator: " + iterator);
                }
                if (now - from.created() > LIFE_OF_AN_ITERATOR) {
                    throw new ExpiredIterator();
                }
                FakeShard shard = request(from.shard().shard.id());
                if (shard.empty > 0) {
                    shard.empty--;
                    return new Records(List.of(), iterator(shard, from.next()));
                }
                int next = Math.min(from.next() + PAYMENTS_IN_AN_ANSWER, shard.payments.size());
                List<Payment> payments = List.copyOf(shard.payments.subList(from.next(), next));
                payments.stream()
                        .filter(one -> isSaved(shard, one))
                        .map(Payment::payment)
                        .forEach(readAgain::add);
                boolean isEnd = !shard.isOpen && next == shard.payments.size();
                Records records = new Records(payments, isEnd ? null : iterator(shard, next));
                stall(shard, STALL_IN_ANSWER);
                return records;
            }

            /** Whether the checkpoint is behind this payment; it may be the payment's own. */
            private boolean isSaved(FakeShard shard, Payment payment) {
                String checkpoint = checkpoints.get(shard.shard.id());
                return checkpoint != null
                        && (checkpoint.equals(ShardReader.SHARD_END)
                                || new BigInteger(payment.sequenceNumber()).compareTo(new BigInteger(checkpoint)) < 0);
            }

            /** If this is to happen: another worker takes the lease, and lives as long as this one is stalled. */
            private void stall(FakeShard shard, String event) {
                Long duration = shard.stalls.remove(event);
                if (duration != null) {
                    long awake = Math.min(now + duration, until);
                    Worker other = new Worker(awake);
                    owners.put(shard.shard.id(), other);
                    hasBeenKilled(other);
                    advanceTo(awake);
                    other.isDead = true;
                    other.until = now;
                    called();
                }
            }

            @Override
            public boolean take(String shard) {
                called();
                Worker owner = owners.get(shard);
                if (owner == null || owner.isDead && now >= owner.until + LIFE_OF_A_LEASE) {
                    owners.put(shard, this);
                }
                return owners.get(shard) == this;
            }

            @Override
            public String checkpoint(String shard) {
                called();
                return checkpoints.get(shard);
            }

            @Override
            public void save(String shard, String checkpoint) {
                called();
                if (owners.get(shard) != this) {
                    throw new LeaseLost();
                }
                if (!names.containsKey(checkpoint)) {
                    throw new IllegalArgumentException("Not a sequence number of the stream: " + checkpoint);
                }
                checkpoints.put(shard, checkpoint);
            }

            @Override
            public String newest(String shard) {
                called();
                return newest.get(shard);
            }

            @Override
            public void write(String shard, Payment payment) {
                called();
                long duration = slow;
                slow = 0;
                pass(duration);
                if (owners.get(shard) != this) {
                    withoutALease.add(payment.payment());
                }
                newest.put(shard, payment.sequenceNumber());
                written.computeIfAbsent(payment.card(), card -> new ArrayList<>())
                        .add(payment.payment());
                stall(shards.get(shard), STALL_IN_WRITE);
            }

            @Override
            public long millis() {
                called();
                return now;
            }

            @Override
            public void sleep(long millis) {
                called();
                pass(millis);
            }
        }
    }

    /** Ends a worker, as {@code kill -9} does. */
    private static final class Killed extends Error {
        Killed() {
            super("The process is killed.", null, false, false);
        }
    }
}
