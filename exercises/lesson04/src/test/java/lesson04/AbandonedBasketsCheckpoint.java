package lesson04;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.spark.SparkRows;

@Checkpoint(AbandonedBaskets.class)
class AbandonedBasketsCheckpoint {

    private static final Schema EVENTS = SparkRows.schema(AbandonedBaskets.EVENTS);
    private static final String[] COLUMNS = {"basket BIGINT", "items STRING", "since TIMESTAMP"};
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final ScriptRow FAR_AHEAD = event(99, "23:00", "bread");
    private static final ScriptRow YEARS_AHEAD = row(99L, Instant.parse("2030-01-01T00:00:00Z"), "bread");
    /** The limit for one event of one basket, however an answer keeps it. */
    private static final int ROWS_FOR_ONE_EVENT = 4;

    @Test
    @Order(1)
    void anAbandonedBasketIsEmittedAndACheckedOutOneIsNot(AbandonedBaskets answer) {
        script().batch(
                        event(1, "09:00", "tea"),
                        event(2, "09:00", "jam"),
                        event(2, "09:05", null),
                        event(4, "09:00", "jam"),
                        event(4, "09:05", null),
                        event(4, "09:10", "tea"))
                .batch(event(3, "09:41", "rice"))
                .emits(row(1, "tea", at("09:00")))
                .run(onSpark(answer::abandoned));
    }

    @Test
    @Order(2)
    void aBasketIsNotEmittedWhileItsEventsCanStillArrive(AbandonedBaskets answer) {
        script().batch(event(1, "09:00", "tea"))
                .batch(event(3, "09:39:59.999", "rice"))
                .emitsNothing()
                .batch(event(3, "09:40:00.001", "salt"))
                .emits(row(1, "tea", at("09:00")))
                .run(onSpark(answer::abandoned));
    }

    /** At 9:45 the first item is more than thirty minutes old, the second is not. */
    @Test
    @Order(3)
    void everyEventRestartsTheThirtyMinutes(AbandonedBaskets answer) {
        script().batch(event(1, "09:00", "tea"))
                .batch(event(1, "09:20", "milk"))
                .batch(event(3, "09:45", "rice"))
                .emitsNothing()
                .batch(event(3, "10:01", "salt"))
                .emits(row(1, "tea,milk", at("09:20")))
                .run(onSpark(answer::abandoned));
    }

    @Test
    @Order(4)
    void aLateItemIsListedInTheOrderOfItsTime(AbandonedBaskets answer) {
        script().batch(event(1, "09:00", "tea"), event(1, "09:08", "milk"))
                .batch(event(1, "09:04", "jam"))
                .batch(event(3, "09:49", "rice"))
                .emits(row(1, "tea,jam,milk", at("09:08")))
                .run(onSpark(answer::abandoned));
    }

    @Test
    @Order(5)
    void aLateItemFromBeforeTheCheckoutStartsNoNewBasket(AbandonedBaskets answer) {
        script().batch(event(1, "09:00", "tea"), event(1, "09:08", null))
                .batch(event(1, "09:05", "milk"))
                .batch(FAR_AHEAD)
                .emitsNothing()
                .run(onSpark(answer::abandoned));
    }

    /**
     * Basket 2 has a gap of a millisecond less than thirty minutes, and one of a millisecond more. In basket 3, two items are
     * in the same second, and a gap is shorter than thirty minutes by a part of a second.
     */
    @Test
    @Order(6)
    void aBasketEndsWithinABatchOfAWholeDay(AbandonedBaskets answer) {
        script().batch(
                        event(1, "12:00", null),
                        event(1, "11:55", "jam"),
                        event(1, "09:00", "tea"),
                        event(2, "10:00", "jam"),
                        event(2, "09:29:59.999", "tea"),
                        event(2, "09:00", "tea"),
                        event(3, "09:00:00.900", "milk"),
                        event(3, "09:00:00.800", "jam"),
                        event(3, "09:30:00.500", "tea"),
                        FAR_AHEAD)
                .emits(
                        row(1, "tea", at("09:00")),
                        row(2, "tea,tea", at("09:29:59.999")),
                        row(2, "jam", at("10:00")),
                        row(3, "jam,milk,tea", at("09:30:00.500")))
                .run(onSpark(answer::abandoned));
    }

    @Test
    @Order(7)
    void endedBasketsLeaveNothingInTheState(AbandonedBaskets answer) {
        List<ScriptRow> events = LongStream.range(0, 20)
                .boxed()
                .flatMap(basket ->
                        Stream.of(event(basket, "09:00", "tea"), event(basket, "09:05", basket < 10 ? null : "jam")))
                .toList();
        script().batch(events).batch(FAR_AHEAD).stateAtMost(ROWS_FOR_ONE_EVENT).run(onSpark(answer::abandoned));
    }

    /** No event is ten minutes or more behind those of earlier batches: none is dropped. */
    @Test
    @Order(8)
    void theOutputForRandomEventsMatchesALoopOverThem(AbandonedBaskets answer) {
        RandomScript.of(EVENTS)
                .columns(COLUMNS)
                .batches(3, 100, randomEvents())
                .ending(YEARS_AHEAD)
                .run(onSpark(answer::abandoned), AbandonedBasketsCheckpoint::abandoned);
    }

    private static Script script() {
        return Script.of(EVENTS).columns(COLUMNS).timeout(Duration.ofSeconds(1));
    }

    private static ScriptRow event(long basket, String time, String item) {
        return row(basket, time, item);
    }

    /** In whole milliseconds, as timers are. The task excludes two events of a basket at once or thirty minutes apart. */
    private static RandomRows randomEvents() {
        return RandomRows.of(EVENTS)
                .notNull("basket", "time")
                .tick(TICK)
                .times("14:00", Duration.ofMinutes(190), Duration.ofMinutes(180))
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
