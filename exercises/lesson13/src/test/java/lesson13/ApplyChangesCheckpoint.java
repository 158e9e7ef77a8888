package lesson13;

import static workbook.check.script.Script.row;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import lesson13.ApplyChanges.Change;
import lesson13.ApplyChanges.Reason;
import lesson13.ApplyChanges.Table;
import lesson13.ApplyChanges.Terminal;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row is an event: its position, its operation, the terminal behind it, and what is wrong with it. A row {@code crash}
 * makes the table throw. The output is the table, and what was set aside. All changes were made within a millisecond.
 */
@Checkpoint(ApplyChanges.class)
class ApplyChangesCheckpoint {

    private static final String SCHEMA = "lsn BIGINT, op STRING, id INT, country STRING, contract STRING, wrong STRING";
    private static final String[] COLUMNS = {"id", "lsn", "country", "contract", "state"};

    private static final String UNCHANGED = "__debezium_unavailable_value";

    private static final String AT_THE_READ = "at the read";
    private static final String BEFORE_THE_WRITE = "before the write";
    private static final String AFTER_THE_WRITE = "after the write";

    /** What is wrong with an event, and the reason for which it is set aside. */
    private static final Map<String, Reason> WRONG = new TreeMap<>(Map.ofEntries(
            Map.entry("key null", Reason.NO_KEY),
            Map.entry("key text", Reason.NO_KEY),
            Map.entry("key with an id as text", Reason.NO_KEY),
            Map.entry("key with an id that is no int", Reason.NO_KEY),
            Map.entry("key and value wrong", Reason.NO_KEY),
            Map.entry("value text", Reason.NO_CHANGE),
            Map.entry("value cut", Reason.NO_CHANGE),
            Map.entry("value with op x", Reason.NO_CHANGE),
            Map.entry("value without op", Reason.NO_CHANGE),
            Map.entry("op and lsn wrong", Reason.NO_CHANGE),
            Map.entry("value without source", Reason.NO_POSITION),
            Map.entry("lsn as text", Reason.NO_POSITION),
            Map.entry("lsn with a point", Reason.NO_POSITION),
            Map.entry("lsn of 65 bits", Reason.NO_POSITION),
            Map.entry("lsn and after wrong", Reason.NO_POSITION),
            Map.entry("after null", Reason.NO_ROW),
            Map.entry("after with another id", Reason.NO_ROW),
            Map.entry("after without contract", Reason.NO_ROW),
            Map.entry("after with a number as country", Reason.NO_ROW)));

    private final Copy copy = new Copy();

    @Test
    @Order(1)
    void aSnapshotAndTheChangesAfterItBecomeATable(ApplyChanges answer) {
        script().batch(r(10, 1, "BE", "a"), r(10, 2, null, null))
                .emits(is(1, 0, "BE", "a"), is(2, 0, null, null))
                .batch(c(20, 3, "NL", ""), u(30, 1, "FR", "a"), u(40, 2, "DE", "b"))
                .emits(is(1, 30, "FR", "a"), is(2, 40, "DE", "b"), is(3, 20, "NL", ""))
                .batch(d(50, 2), tombstone(2), u(60, 1, null, "a"), u(70, 3, "NL", null))
                .emits(is(1, 60, null, "a"), deleted(2, 50), is(3, 70, "NL", null))
                .run(copy.by(answer));
    }

    @Test
    @Order(2)
    void theNewestEventOfATerminalInABatchCounts(ApplyChanges answer) {
        script().batch(c(10, 1, "BE", "a"), u(20, 1, "FR", "a"), u(30, 1, "FR", "b"), c(40, 2, "NL", "a"))
                .emits(is(1, 30, "FR", "b"), is(2, 40, "NL", "a"))
                .batch(d(50, 1), tombstone(1), c(60, 1, "DE", "c"), u(70, 2, "BE", "a"), d(80, 2), tombstone(2))
                .emits(is(1, 60, "DE", "c"), deleted(2, 80))
                .batch(u(100, 1, "IT", "c"), u(90, 1, "ES", "c"), c(110, 3, "AT", "a"), r(105, 3, "CH", "b"))
                .emits(is(1, 100, "IT", "c"), deleted(2, 80), is(3, 110, "AT", "a"))
                .batch(c(120, 3, "LU", "d"))
                .emits(is(1, 100, "IT", "c"), deleted(2, 80), is(3, 120, "LU", "d"))
                .run(copy.by(answer));
    }

    @Test
    @Order(3)
    void eventsThatComeAgainChangeNothing(ApplyChanges answer) {
        script().batch(c(10, 1, "BE", "a"), u(20, 1, "FR", "a"))
                .emits(is(1, 20, "FR", "a"))
                .batch(c(10, 1, "BE", "a"), c(30, 2, "NL", "a"))
                .emits(is(1, 20, "FR", "a"), is(2, 30, "NL", "a"))
                .batch(u(20, 1, "FR", "a"), c(30, 2, "NL", "a"), d(40, 1), tombstone(1))
                .emits(deleted(1, 40), is(2, 30, "NL", "a"))
                .batch(c(10, 1, "BE", "a"), c(30, 2, "NL", "a"), d(40, 1), tombstone(1))
                .emits(deleted(1, 40), is(2, 30, "NL", "a"))
                .expects("writes of a batch without news", 0, copy::writes)
                .run(copy.by(answer));
    }

    @Test
    @Order(4)
    void aSnapshotDoesNotSetBackWhatIsNewer(ApplyChanges answer) {
        script().batch(u(30, 1, "FR", "b"), d(30, 2), tombstone(2), c(10, 3, "NL", "a"))
                .emits(is(1, 30, "FR", "b"), deleted(2, 30), is(3, 10, "NL", "a"))
                .batch(r(20, 1, "BE", "a"), r(20, 2, "DE", "a"), r(20, 3, "IT", "c"), r(20, 4, "ES", "d"))
                .emits(is(1, 30, "FR", "b"), deleted(2, 30), is(3, 0, "IT", "c"), is(4, 0, "ES", "d"))
                .batch(c(10, 3, "NL", "a"), r(20, 3, "IT", "c"), u(25, 4, "AT", "d"), r(35, 2, "CH", null))
                .emits(is(1, 30, "FR", "b"), is(2, 0, "CH", null), is(3, 0, "IT", "c"), is(4, 25, "AT", "d"))
                .run(copy.by(answer));
    }

    @Test
    @Order(5)
    void aTransactionThatWasOpenDuringASnapshotIsNewerThanTheSnapshot(ApplyChanges answer) {
        script().batch(r(50, 1, "BE", "a"), r(50, 2, "FR", "b"), u(40, 1, "NL", UNCHANGED), r(50, 3, "DE", "c"))
                .emits(is(1, 40, "NL", "a"), is(2, 0, "FR", "b"), is(3, 0, "DE", "c"))
                .batch(d(45, 2), tombstone(2), u(46, 3, "IT", "d"), u(60, 1, "AT", "e"))
                .emits(is(1, 60, "AT", "e"), deleted(2, 45), is(3, 46, "IT", "d"))
                .run(copy.by(answer));
    }

    @Test
    @Order(6)
    void anOlderEventDoesNotBringBackADeletedTerminal(ApplyChanges answer) {
        script().batch(c(10, 1, "BE", "a"), d(30, 1), tombstone(1), d(40, 2), tombstone(2))
                .emits(deleted(1, 30), deleted(2, 40))
                .batch(c(10, 1, "BE", "a"), u(20, 1, "FR", "a"), u(35, 2, "NL", "a"))
                .emits(deleted(1, 30), deleted(2, 40))
                .batch(c(50, 1, "DE", "b"), d(45, 2), tombstone(2), d(50, 3), u(60, 3, "IT", "c"))
                .emits(is(1, 50, "DE", "b"), deleted(2, 45), is(3, 60, "IT", "c"))
                .run(copy.by(answer));
    }

    @Test
    @Order(7)
    void positionsAreLongNumbers(ApplyChanges answer) {
        long int32 = Integer.MAX_VALUE;
        long exact = 1L << 53; // a double is exact up to here
        script().batch(u(99, 1, "BE", "a"), u(int32, 2, "BE", "a"), u(exact, 3, "BE", "a"), u(exact + 1, 4, "BE", "a"))
                .emits(
                        is(1, 99, "BE", "a"),
                        is(2, int32, "BE", "a"),
                        is(3, exact, "BE", "a"),
                        is(4, exact + 1, "BE", "a"))
                .batch(
                        u(100, 1, "FR", "b"),
                        u(int32 + 1, 2, "FR", "b"),
                        u(exact + 1, 3, "FR", "b"),
                        u(exact, 4, "FR", "b"))
                .emits(
                        is(1, 100, "FR", "b"),
                        is(2, int32 + 1, "FR", "b"),
                        is(3, exact + 1, "FR", "b"),
                        is(4, exact + 1, "BE", "a"))
                .run(copy.by(answer));
    }

    @Test
    @Order(8)
    void aValueThatIsUnchangedStays(ApplyChanges answer) {
        script().batch(r(10, 1, "BE", "a"), r(10, 2, UNCHANGED + " ", "a"), r(10, 3, "NL", null))
                .emits(is(1, 0, "BE", "a"), is(2, 0, UNCHANGED + " ", "a"), is(3, 0, "NL", null))
                .batch(u(20, 1, "FR", UNCHANGED), u(20, 2, UNCHANGED, "b"), u(20, 3, UNCHANGED, UNCHANGED))
                .emits(is(1, 20, "FR", "a"), is(2, 20, UNCHANGED + " ", "b"), is(3, 20, "NL", null))
                .batch(u(30, 1, "FR", "b"), u(40, 1, "DE", UNCHANGED), u(50, 1, "IT", UNCHANGED))
                .emits(is(1, 50, "IT", "b"), is(2, 20, UNCHANGED + " ", "b"), is(3, 20, "NL", null))
                .batch(u(40, 1, "DE", UNCHANGED), r(60, 4, "CH", "d"), u(70, 4, "AT", UNCHANGED))
                .emits(
                        is(1, 50, "IT", "b"),
                        is(2, 20, UNCHANGED + " ", "b"),
                        is(3, 20, "NL", null),
                        is(4, 70, "AT", "d"))
                .run(copy.by(answer));
    }

    @Test
    @Order(9)
    void anUnchangedValueThatIsNotKnownIsSetAside(ApplyChanges answer) {
        ScriptRow[] first = {
            aside(20, 1, Reason.UNKNOWN_VALUE), aside(40, 2, Reason.UNKNOWN_VALUE), aside(40, 3, Reason.UNKNOWN_VALUE)
        };
        script().batch(
                        u(20, 1, "BE", UNCHANGED),
                        c(30, 2, "FR", "a"),
                        d(35, 2),
                        u(40, 2, "NL", UNCHANGED),
                        c(40, 3, UNCHANGED, "x"))
                .emits(first[0], first[1], first[2], deleted(2, 35))
                .batch(u(50, 1, "DE", "b"), d(60, 3), tombstone(3))
                .emits(first[0], first[1], first[2], is(1, 50, "DE", "b"), deleted(2, 35), deleted(3, 60))
                .batch(u(45, 1, "BE", UNCHANGED), u(55, 3, UNCHANGED, "y"), u(70, 3, UNCHANGED, "z"))
                .emits(
                        first[0],
                        first[1],
                        first[2],
                        aside(70, 3, Reason.UNKNOWN_VALUE),
                        is(1, 50, "DE", "b"),
                        deleted(2, 35),
                        deleted(3, 60))
                .run(copy.by(answer));
    }

    @Test
    @Order(10)
    void aTombstoneSaysNothingNew(ApplyChanges answer) {
        script().batch(c(10, 1, "BE", "a"), d(20, 1), tombstone(1), c(30, 1, "FR", "b"))
                .emits(is(1, 30, "FR", "b"))
                .batch(d(20, 1), tombstone(1), row(null, null, 2, null, null, "key null"), tombstone(3))
                .emits(is(1, 30, "FR", "b"))
                .run(copy.by(answer));
    }

    @Test
    @Order(11)
    void aNewIdIsSeenTogetherWithTheEndOfTheOldOne(ApplyChanges answer) {
        script().batch(c(10, 1, "BE", "a"), c(20, 2, "FR", "b"), c(30, 3, "NL", "c"))
                .emits(is(1, 10, "BE", "a"), is(2, 20, "FR", "b"), is(3, 30, "NL", "c"))
                .batch(
                        d(40, 1),
                        tombstone(1),
                        c(40, 4, "BE", "a"),
                        d(50, 2),
                        tombstone(2),
                        c(50, 1, "FR", "b"),
                        d(60, 3))
                .emits(is(1, 50, "FR", "b"), deleted(2, 50), deleted(3, 60), is(4, 40, "BE", "a"))
                .expects("writes of a batch", 1, copy::writes)
                .expects("reads of a batch", 1, copy::reads)
                .expects("terminals read that are not in the batch", Set.of(), copy::foreign)
                .batch(tombstone(3), c(60, 5, "NL", "c"))
                .emits(is(1, 50, "FR", "b"), deleted(2, 50), deleted(3, 60), is(4, 40, "BE", "a"), is(5, 60, "NL", "c"))
                .expects("terminals read that are not in the batch", Set.of(), copy::foreign)
                .run(copy.by(answer));
    }

    @Test
    @Order(12)
    void aBatchThatFailsComesAgain(ApplyChanges answer) {
        script().batch(c(10, 1, "BE", "a"))
                .emits(is(1, 10, "BE", "a"))
                .batch(crash(AT_THE_READ), u(20, 1, "FR", "a"))
                .emits(is(1, 10, "BE", "a"))
                .expects("calls that throw", 1, copy::thrown)
                .batch(crash(BEFORE_THE_WRITE), u(20, 1, "FR", "a"), c(30, 2, "NL", "a"))
                .emits(is(1, 10, "BE", "a"))
                .expects("calls that throw", 2, copy::thrown)
                .batch(u(20, 1, "FR", "a"))
                .emits(is(1, 20, "FR", "a"))
                .batch(c(30, 2, "NL", "a"), u(40, 1, "DE", "b"))
                .emits(is(1, 40, "DE", "b"), is(2, 30, "NL", "a"))
                .run(copy.by(answer));
    }

    @Test
    @Order(13)
    void aNewProcessKnowsWhatIsInTheTable(ApplyChanges answer) {
        ScriptRow lost = aside(30, 2, Reason.UNKNOWN_VALUE);
        ScriptRow broken = aside(60, 4, Reason.NO_CHANGE);
        script().batch(c(10, 1, "BE", "a"), u(20, 1, "FR", "a"))
                .emits(is(1, 20, "FR", "a"))
                .batch(
                        crash(AFTER_THE_WRITE),
                        u(30, 2, "NL", UNCHANGED),
                        u(40, 2, "DE", "b"),
                        d(50, 1),
                        wrong(60, 4, "value text"))
                .emits(deleted(1, 50), is(2, 40, "DE", "b"), lost, broken)
                .expects("calls that throw", 1, copy::thrown)
                .batch(u(20, 1, "FR", "a"), u(30, 2, "NL", UNCHANGED), u(40, 2, "DE", "b"))
                .emits(deleted(1, 50), is(2, 40, "DE", "b"), lost, broken)
                .batch(d(50, 1), tombstone(1), wrong(60, 4, "value text"), u(70, 2, "IT", UNCHANGED))
                .emits(deleted(1, 50), is(2, 70, "IT", "b"), lost, broken)
                .run(copy.by(answer).inNewProcesses());
    }

    @Test
    @Order(14)
    void whatIsNoEventIsSetAsideAndTheOthersAreApplied(ApplyChanges answer) {
        List<String> kinds = List.copyOf(WRONG.keySet());
        List<ScriptRow> events = new ArrayList<>(List.of(c(1, 1, "BE", "a"), wrong(2, 2, "after with more columns")));
        List<ScriptRow> expected = new ArrayList<>(List.of(is(1, 90, "FR", "b"), is(2, 2, "BE", "a")));
        for (int i = 0; i < kinds.size(); i++) {
            events.add(wrong(10 + i, 3, kinds.get(i)));
            expected.add(aside(10 + i, 3, WRONG.get(kinds.get(i))));
        }
        events.add(u(90, 1, "FR", "b"));
        script().batch(events)
                .emits(expected)
                .batch(wrong(95, 3, "value text"), row(null, null, 3, null, null, null))
                .emits(with(expected, aside(95, 3, Reason.NO_CHANGE)))
                .expects("writes of a batch without events", 0, copy::writes)
                .run(copy.by(answer));
    }

    @Test
    @Order(15)
    void randomHistoriesLeaveWhatTheDatabaseHas(ApplyChanges answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        for (int i = 0; i < 200; i++) {
            History history = new History(random);
            Script script = script().title(seed.hint());
            history.deliveries().forEach(script::batch);
            script.emits(history.expected()).run(new Copy().by(answer).inNewProcesses());
        }
    }

    /** A table that changes at random, and the topic of its changes. */
    private static final class History {

        private static final List<String> COUNTRIES = List.of("BE", "FR", "NL", "");

        private final Random random;
        private final Map<Integer, String[]> source = new TreeMap<>();
        private final Map<Integer, Long> positions = new TreeMap<>();
        private final Set<ScriptRow> aside = new HashSet<>();
        private final List<ScriptRow> topic = new ArrayList<>();
        /** Rows of a snapshot that are not in the topic yet. */
        private final List<ScriptRow> late = new ArrayList<>();

        private long lsn;

        History(Random random) {
            this.random = random;
            lsn = random.nextLong(1L << random.nextInt(1, 60));
            int changes = 10 + random.nextInt(30);
            for (int i = 0; i < changes; i++) {
                lsn += 2 + random.nextInt(100);
                change();
                while (!late.isEmpty() && random.nextBoolean()) {
                    topic.add(late.remove(0));
                }
            }
            topic.addAll(late);
        }

        private void change() {
            int id = 10 + random.nextInt(5);
            switch (random.nextInt(12)) {
                case 0 -> {
                    source.forEach((each, values) -> {
                        late.add(r(lsn, each, values[0], values[1]));
                        positions.put(each, 0L);
                    });
                    if (random.nextBoolean() && source.containsKey(id)) {
                        topic.addAll(late);
                        late.clear();
                        changeInOpenTransaction(id);
                    }
                }
                case 1 -> {
                    String wrong = oneOf(List.copyOf(WRONG.keySet()));
                    topic.add(wrong(lsn, id, wrong));
                    aside.add(aside(lsn, id, WRONG.get(wrong)));
                }
                case 2, 3 -> {
                    if (source.containsKey(id)) {
                        remove(id);
                    }
                }
                case 4 -> {
                    int other = 10 + random.nextInt(5);
                    if (source.containsKey(id) && !source.containsKey(other)) {
                        add(other, remove(id));
                    }
                }
                default -> {
                    if (source.containsKey(id)) {
                        update(id);
                    } else {
                        add(id, new String[] {oneOf(COUNTRIES), random.nextInt(3) == 0 ? null : "contract " + lsn});
                    }
                }
            }
        }

        /** A change that is committed after the snapshot and has a lower position. */
        private void changeInOpenTransaction(int id) {
            lsn -= 1;
            if (random.nextBoolean()) {
                update(id);
            } else {
                remove(id);
            }
            lsn += 1;
        }

        private String[] remove(int id) {
            topic.add(d(lsn, id));
            topic.add(tombstone(id));
            positions.put(id, lsn);
            return source.remove(id);
        }

        private void add(int id, String[] values) {
            topic.add(c(lsn, id, values[0], values[1]));
            positions.put(id, lsn);
            source.put(id, values);
        }

        private void update(int id) {
            String[] values = source.get(id).clone();
            boolean isUnchanged = values[1] != null && random.nextInt(3) > 0;
            values[0] = random.nextInt(4) == 0 ? null : oneOf(COUNTRIES);
            if (!isUnchanged) {
                values[1] = random.nextInt(4) == 0 ? null : "contract " + lsn;
            }
            topic.add(u(lsn, id, values[0], isUnchanged ? UNCHANGED : values[1]));
            positions.put(id, lsn);
            source.put(id, values);
        }

        private String oneOf(List<String> values) {
            return values.get(random.nextInt(values.size()));
        }

        /** The topic in batches. After a crash, a batch comes again; after a restart of Debezium, some events do. */
        List<List<ScriptRow>> deliveries() {
            List<List<ScriptRow>> batches = new ArrayList<>();
            int at = 0;
            while (at < topic.size()) {
                int end = Math.min(topic.size(), at + 1 + random.nextInt(8));
                List<ScriptRow> batch = topic.subList(at, end);
                switch (random.nextInt(6)) {
                    case 0 -> batches.add(with(batch, crash(BEFORE_THE_WRITE)));
                    case 1 -> batches.add(with(batch, crash(AFTER_THE_WRITE)));
                    case 2 -> {
                        batches.add(batch);
                        at = Math.max(0, end - random.nextInt(10));
                    }
                    default -> {
                        batches.add(batch);
                        at = end;
                    }
                }
            }
            return batches;
        }

        List<ScriptRow> expected() {
            List<ScriptRow> rows = new ArrayList<>(aside);
            positions.forEach((id, position) -> {
                String[] values = source.get(id);
                rows.add(values == null ? deleted(id, position) : is(id, position, values[0], values[1]));
            });
            return rows;
        }
    }

    private static List<ScriptRow> with(List<ScriptRow> rows, ScriptRow another) {
        List<ScriptRow> all = new ArrayList<>(rows);
        all.add(another);
        return all;
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow r(long lsn, int id, String country, String contract) {
        return row(lsn, "r", id, country, contract, null);
    }

    private static ScriptRow c(long lsn, int id, String country, String contract) {
        return row(lsn, "c", id, country, contract, null);
    }

    private static ScriptRow u(long lsn, int id, String country, String contract) {
        return row(lsn, "u", id, country, contract, null);
    }

    private static ScriptRow d(long lsn, int id) {
        return row(lsn, "d", id, null, null, null);
    }

    private static ScriptRow tombstone(int id) {
        return row(null, null, id, null, null, null);
    }

    private static ScriptRow wrong(long lsn, int id, String what) {
        return row(lsn, "u", id, "BE", "a", what);
    }

    private static ScriptRow crash(String when) {
        return row(null, "crash", null, null, null, when);
    }

    private static ScriptRow is(int id, long lsn, String country, String contract) {
        return row(id, lsn, country, contract, "row");
    }

    private static ScriptRow deleted(int id, long lsn) {
        return row(id, lsn, null, null, "deleted");
    }

    private static ScriptRow aside(long lsn, int id, Reason reason) {
        return row(id, lsn, null, null, reason.name());
    }

    /** An event as Debezium writes it, or what is wrong with it. */
    private static final class Json {

        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}

        static Change change(ScriptRow row) {
            String wrong = row.get(5) == null ? "" : row.getString(5);
            return new Change(key((int) row.get(2), wrong), row.get(1) == null ? null : value(row, wrong));
        }

        private static String key(int id, String wrong) {
            return switch (wrong) {
                case "key null", "key and value wrong" -> null;
                case "key text" -> "terminal " + id;
                case "key with an id as text" -> "{\"id\":\"" + id + "\"}";
                case "key with an id that is no int" -> "{\"id\":3000000000}";
                default -> "{\"id\":" + id + "}";
            };
        }

        private static String value(ScriptRow row, String wrong) {
            ObjectNode value = event(row);
            ObjectNode source = (ObjectNode) value.get("source");
            switch (wrong) {
                case "value text", "key and value wrong" -> {
                    return "changed at " + row.get(0);
                }
                case "value cut" -> {
                    String text = value.toString();
                    return text.substring(0, text.length() - 1);
                }
                case "value with op x" -> value.put("op", "x");
                case "value without op" -> value.remove("op");
                case "value without source" -> value.remove("source");
                case "lsn as text" -> source.put("lsn", row.get(0).toString());
                case "lsn with a point" -> source.put("lsn", 10.5);
                case "lsn of 65 bits" -> source.put("lsn", BigInteger.ONE.shiftLeft(64));
                case "after null" -> value.putNull("after");
                case "after with another id" -> ((ObjectNode) value.get("after")).put("id", 4);
                case "after without contract" -> ((ObjectNode) value.get("after")).remove("contract");
                case "after with a number as country" -> ((ObjectNode) value.get("after")).put("country", 32);
                case "after with more columns" -> ((ObjectNode) value.get("after")).put("floor", 2);
                case "op and lsn wrong" -> {
                    value.put("op", "t");
                    source.remove("lsn");
                }
                case "lsn and after wrong" -> {
                    source.putNull("lsn");
                    value.remove("after");
                }
                default -> {}
            }
            return value.toString();
        }

        private static ObjectNode event(ScriptRow row) {
            String op = row.getString(1);
            ObjectNode value = MAPPER.createObjectNode();
            if (op.equals("d")) {
                value.set("before", values(row));
                value.putNull("after");
            } else {
                value.putNull("before");
                value.set("after", values(row));
            }
            value.putObject("source")
                    .put("version", "3.6.1.Final")
                    .put("connector", "postgresql")
                    .put("name", "bank")
                    .put("ts_ms", 1_767_258_000_000L)
                    .put("snapshot", op.equals("r") ? "true" : "false")
                    .put("db", "bank")
                    .put("schema", "public")
                    .put("table", "terminals")
                    .put("lsn", (Long) row.get(0));
            return value.put("op", op).put("ts_ms", 1_767_258_000_100L);
        }

        private static ObjectNode values(ScriptRow row) {
            return MAPPER.createObjectNode()
                    .put("id", (int) row.get(2))
                    .put("country", (String) row.get(3))
                    .put("contract", (String) row.get(4));
        }
    }

    /** The table, which outlives the answer's objects. */
    private static final class Copy implements Job, Table {

        private final Map<Integer, Terminal> terminals = new TreeMap<>();
        private final Set<ScriptRow> aside = new LinkedHashSet<>();
        /** Broken events may be equal. */
        private final Map<Change, List<ScriptRow>> sent = new HashMap<>();

        private ApplyChanges answer;
        private boolean isNewEachTime;

        private List<ScriptRow> batch = List.of();
        private String crash;
        private int reads;
        private int writes;
        private int thrown;
        private final Set<Integer> foreign = new HashSet<>();

        Copy by(ApplyChanges answer) {
            this.answer = answer;
            return this;
        }

        Copy inNewProcesses() {
            isNewEachTime = true;
            return this;
        }

        int reads() {
            return reads;
        }

        int writes() {
            return writes;
        }

        int thrown() {
            return thrown;
        }

        Set<Integer> foreign() {
            return foreign;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            crash = rows.stream()
                    .filter(Copy::isCrash)
                    .map(row -> row.getString(5))
                    .findFirst()
                    .orElse("");
            batch = rows.stream().filter(row -> !isCrash(row)).toList();
            reads = 0;
            writes = 0;
            foreign.clear();
        }

        private static boolean isCrash(ScriptRow row) {
            return "crash".equals(row.get(1));
        }

        @Override
        public void run() {
            List<Change> changes = new ArrayList<>();
            for (ScriptRow row : batch) {
                Change change = Json.change(row);
                sent.computeIfAbsent(change, none -> new ArrayList<>()).add(row);
                changes.add(change);
            }
            try {
                answer.apply(List.copyOf(changes), this);
            } catch (RuntimeException e) {
                if (!isCrash(e)) {
                    throw e;
                }
                thrown++;
            }
            if (isNewEachTime) {
                answer = NewInstance.of(answer);
            }
        }

        private static boolean isCrash(Throwable e) {
            return e != null && (e instanceof Crash || isCrash(e.getCause()));
        }

        private void crash(String now) {
            if (crash.equals(now)) {
                crash = "";
                throw new Crash();
            }
        }

        @Override
        public Map<Integer, Terminal> read(Set<Integer> ids) {
            reads++;
            crash(AT_THE_READ);
            Map<Integer, Terminal> found = new HashMap<>(terminals);
            found.keySet().retainAll(ids);
            foreign.addAll(ids);
            batch.forEach(row -> foreign.remove(row.get(2)));
            return found;
        }

        @Override
        public void write(Collection<Terminal> written) {
            writes++;
            crash(BEFORE_THE_WRITE);
            Set<Integer> ids = new HashSet<>();
            for (Terminal terminal : written) {
                if (!ids.add(terminal.id())) {
                    throw new IllegalArgumentException("Terminal " + terminal.id() + " is in a write twice.");
                }
            }
            written.forEach(terminal -> terminals.put(terminal.id(), terminal));
            crash(AFTER_THE_WRITE);
        }

        @Override
        public void setAside(Change event, Reason reason) {
            if (!sent.containsKey(event)) {
                aside.add(row(null, null, event.key(), event.value(), "an event that was not received"));
            }
            for (ScriptRow row : sent.getOrDefault(event, List.of())) {
                aside.add(row(row.get(2), row.get(0), null, null, reason.name()));
            }
        }

        @Override
        public List<ScriptRow> output() {
            List<ScriptRow> rows = new ArrayList<>(aside);
            terminals.forEach((id, terminal) -> rows.add(row(
                    id,
                    terminal.lsn(),
                    terminal.country(),
                    terminal.contract(),
                    terminal.deleted() ? "deleted" : "row")));
            return rows;
        }
    }

    private static final class Crash extends UncheckedIOException {
        Crash() {
            super(new IOException("The table does not answer."));
        }
    }
}
