package lesson12;

import static workbook.check.flink.FlinkAnswers.onFlink;
import static workbook.check.script.Script.row;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.engines.BasketEvent;

/** The steps of {@code lesson04.AbandonedBaskets}, with batches whose events are less than ten minutes out of order. */
@Checkpoint(AbandonedBasketsOnFlink.class)
class AbandonedBasketsOnFlinkCheckpoint {

    private static final String EVENTS = "basket BIGINT, time TIMESTAMP, item STRING";
    private static final String OUTPUT = "basket BIGINT, items STRING, since TIMESTAMP";
    private static final String[] COLUMNS = {"basket", "items", "since"};
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final ScriptRow FAR_AHEAD = row(99, "23:00", "bread");
    private static final ScriptRow YEARS_AHEAD = row(99L, Instant.parse("2030-01-01T00:00:00Z"), "bread");

    @Test
    @Order(1)
    void anAbandonedBasketIsEmittedAndACheckedOutOneIsNot(AbandonedBasketsOnFlink answer) {
        script().batch(
                        row(1, "09:00", "tea"),
                        row(2, "09:00", "jam"),
                        row(2, "09:05", null),
                        row(4, "09:00", "jam"),
                        row(4, "09:05", null),
                        row(4, "09:10", "tea"))
                .batch(row(3, "09:41", "rice"))
                .emits(row(1, "tea", "09:00"))
                .batch(FAR_AHEAD)
                .emits(row(3, "rice", "09:41"))
                .run(on(answer));
    }

    @Test
    @Order(2)
    void aBasketIsNotEmittedWhileItsEventsCanStillArrive(AbandonedBasketsOnFlink answer) {
        script().batch(row(1, "09:00", "tea"))
                .batch(row(3, "09:39:59.999", "rice"))
                .emitsNothing()
                .batch(row(3, "09:40:00.001", "salt"))
                .emits(row(1, "tea", "09:00"))
                .run(on(answer));
    }

    /** At 9:45 the first item is more than thirty minutes old, the second is not. */
    @Test
    @Order(3)
    void everyEventRestartsTheThirtyMinutes(AbandonedBasketsOnFlink answer) {
        script().batch(row(1, "09:00", "tea"))
                .batch(row(1, "09:20", "milk"))
                .batch(row(3, "09:45", "rice"))
                .emitsNothing()
                .batch(row(3, "10:01", "salt"))
                .emits(row(1, "tea,milk", "09:20"))
                .run(on(answer));
    }

    @Test
    @Order(4)
    void aLateItemIsListedInTheOrderOfItsTime(AbandonedBasketsOnFlink answer) {
        script().batch(row(1, "09:00", "tea"), row(1, "09:08", "milk"))
                .batch(row(1, "09:04", "jam"))
                .batch(row(3, "09:49", "rice"))
                .emits(row(1, "tea,jam,milk", "09:08"))
                .run(on(answer));
    }

    @Test
    @Order(5)
    void aLateItemFromBeforeTheCheckoutStartsNoNewBasket(AbandonedBasketsOnFlink answer) {
        script().batch(row(1, "09:00", "tea"), row(1, "09:08", null))
                .batch(row(1, "09:05", "milk"))
                .batch(FAR_AHEAD)
                .emitsNothing()
                .run(on(answer));
    }

    /**
     * Basket 2 has a gap of a millisecond less than thirty minutes, and one of a millisecond more: its second part begins
     * before its first one is emitted. In basket 3, two items are in the same second.
     */
    @Test
    @Order(6)
    void aNewBasketBeginsAfterMoreThanThirtyMinutes(AbandonedBasketsOnFlink answer) {
        script().batch(
                        row(2, "09:00", "tea"),
                        row(3, "09:00:00.900", "milk"),
                        row(3, "09:00:00.800", "jam"),
                        row(3, "09:30:00.500", "tea"),
                        row(2, "09:29:59.999", "tea"),
                        row(2, "10:00", "jam"))
                .emitsNothing()
                .batch(FAR_AHEAD)
                .emits(
                        row(2, "tea,tea", "09:29:59.999"),
                        row(2, "jam", "10:00"),
                        row(3, "jam,milk,tea", "09:30:00.500"))
                .run(on(answer));
    }

    @Test
    @Order(7)
    void aRestartKeepsTheEventsOfOpenBaskets(AbandonedBasketsOnFlink answer) {
        script().batch(row(1, "09:00", "tea"), row(2, "09:00", "jam"))
                .restart()
                .batch(row(1, "09:10", "milk"), row(2, "09:10", null))
                .restart()
                .batch(FAR_AHEAD)
                .emits(row(1, "tea,milk", "09:10"))
                .run(on(answer));
    }

    /** No event is ten minutes or more behind an earlier one: none is dropped. */
    @Test
    @Order(8)
    void theOutputForRandomEventsMatchesALoopOverThem(AbandonedBasketsOnFlink answer) {
        RandomScript.of(EVENTS)
                .columns(COLUMNS)
                .batches(10, 30, randomEvents())
                .ending(YEARS_AHEAD)
                .run(on(answer), AbandonedBasketsOnFlinkCheckpoint::abandoned);
    }

    private static RunnableAnswer on(AbandonedBasketsOnFlink answer) {
        return onFlink(BasketEvent.class, OUTPUT, answer::abandoned);
    }

    private static Script script() {
        return Script.of(EVENTS).columns(COLUMNS);
    }

    /** In whole milliseconds, as timers are. The task excludes two events of a basket at once or thirty minutes apart. */
    private static RandomRows randomEvents() {
        return RandomRows.of(EVENTS)
                .notNull("basket", "time")
                .tick(TICK)
                .times("14:00", Duration.ofMinutes(9), Duration.ofMinutes(25))
                .apart(TIMEOUT.minus(TICK))
                .apart(TIMEOUT.plus(TICK))
                .without((event, earlier) -> event.get(0).equals(earlier.get(0))
                        && Set.of(Duration.ZERO, TIMEOUT)
                                .contains(Duration.between(event.getInstant(1), earlier.getInstant(1))
                                        .abs()));
    }

    /** The oracle: splits the ordered events of each basket at gaps of thirty minutes. */
    private static List<ScriptRow> abandoned(List<ScriptRow> events) {
        Map<Long, List<ScriptRow>> baskets = events.stream()
                .sorted(Comparator.comparing(event -> event.getInstant(1)))
                .collect(Collectors.groupingBy(event -> event.getLong(0), TreeMap::new, Collectors.toList()));
        return baskets.values().stream()
                .flatMap(of -> split(of).stream())
                .filter(basket -> basket.stream().noneMatch(event -> event.isNullAt(2)))
                .map(basket -> row(
                        basket.get(0).get(0),
                        basket.stream().map(event -> event.getString(2)).collect(Collectors.joining(",")),
                        last(basket)))
                .toList();
    }

    private static List<List<ScriptRow>> split(List<ScriptRow> events) {
        List<List<ScriptRow>> baskets = new ArrayList<>();
        for (ScriptRow event : events) {
            if (baskets.isEmpty()
                    || !event.getInstant(1)
                            .isBefore(last(baskets.get(baskets.size() - 1)).plus(TIMEOUT))) {
                baskets.add(new ArrayList<>());
            }
            baskets.get(baskets.size() - 1).add(event);
        }
        return baskets;
    }

    private static Instant last(List<ScriptRow> basket) {
        return basket.get(basket.size() - 1).getInstant(1);
    }
}
