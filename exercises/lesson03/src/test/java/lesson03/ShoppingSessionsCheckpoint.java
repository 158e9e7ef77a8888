package lesson03;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;

@Checkpoint(ShoppingSessions.class)
class ShoppingSessionsCheckpoint {

    private static final String CLICKS = "customer INT, time TIMESTAMP, spent DECIMAL(10,2)";
    private static final String[] COLUMNS = {
        "customer INT", "start TIMESTAMP", "end TIMESTAMP", "clicks BIGINT", "spent DECIMAL"
    };
    private static final Duration GAP = Duration.ofMinutes(30);
    private static final String A_TICK_TOO_LATE = "2026-01-01T10:24:00.000001Z";
    private static final ScriptRow FAR_AHEAD = click(99, "23:00", "1.00");
    private static final ScriptRow YEARS_AHEAD = row(99, Instant.parse("2030-01-01T00:00:00Z"), null);

    @Test
    @Order(1)
    void clicksOfACustomerAtMostThirtyMinutesApartAreOneSession(ShoppingSessions answer) {
        script().batch(
                        click(1, "09:00", "0.10"),
                        click(1, "09:30", "0.20"),
                        click(1, "09:54", "5.00"),
                        click(2, "10:10", "2.00"),
                        click(1, A_TICK_TOO_LATE, "8.00"),
                        click(2, "10:45", "3.00"),
                        FAR_AHEAD)
                .emits(
                        row(1, "09:00", "09:54", 3, "5.30"),
                        row(1, A_TICK_TOO_LATE, A_TICK_TOO_LATE, 1, "8.00"),
                        row(2, "10:10", "10:10", 1, "2.00"),
                        row(2, "10:45", "10:45", 1, "3.00"))
                .run(onSpark(on(answer)));
    }

    @Test
    @Order(2)
    void everyClickBelongsToTheSessionAndSpendsWhatItSays(ShoppingSessions answer) {
        script().batch(
                        click(1, "09:00", "1.00"),
                        click(1, "09:20", null),
                        click(1, "09:40", "4.00"),
                        click(2, "09:00", null),
                        click(3, "09:00", "99999999.99"),
                        click(3, "09:00", "99999999.99"),
                        click(3, "09:01", "-0.98"),
                        FAR_AHEAD)
                .emits(
                        row(1, "09:00", "09:40", 3, "5.00"),
                        row(2, "09:00", "09:00", 1, "0.00"),
                        row(3, "09:00", "09:01", 3, "199999999.00"))
                .run(onSpark(on(answer)));
    }

    /** After the first batch the watermark is at 9:25. The click of 9:20 is older, but its session is still open. */
    @Test
    @Order(3)
    void aLateClickMakesOneSessionOfTwo(ShoppingSessions answer) {
        script().batch(click(1, "09:00", "1.00"), click(1, "09:35", "4.00"))
                .batch(click(1, "09:20", "2.00"))
                .batch(FAR_AHEAD)
                .emits(row(1, "09:00", "09:35", 3, "7.00"))
                .run(onSpark(on(answer)));
    }

    /** Customer 1's late click is before the first, customer 2's after the first, customer 3's between two others. */
    @Test
    @Order(4)
    void theEarliestAndTheLatestClickCountInWhateverOrderTheyArrive(ShoppingSessions answer) {
        script().batch(
                        click(1, "09:20", "1.00"),
                        click(2, "09:15", "1.00"),
                        click(3, "09:22", "1.00"),
                        click(3, "09:12", "1.00"))
                .batch(click(1, "09:14", "2.00"), click(2, "09:21", "2.00"), click(3, "09:16", "2.00"))
                .batch(FAR_AHEAD)
                .emits(
                        row(1, "09:14", "09:20", 2, "3.00"),
                        row(2, "09:15", "09:21", 2, "3.00"),
                        row(3, "09:12", "09:22", 3, "4.00"))
                .run(onSpark(on(answer)));
    }

    /** The watermark is ten minutes behind: a second before thirty minutes past the click, then a second after. */
    @Test
    @Order(5)
    void aSessionIsEmittedWhenTheWatermarkHasPassedItsGap(ShoppingSessions answer) {
        script().batch(click(1, "09:00", "1.00"))
                .batch(click(2, "09:39:59", null))
                .emitsNothing()
                .batch(click(2, "09:40:01", null))
                .emits(row(1, "09:00", "09:00", 1, "1.00"))
                .run(onSpark(on(answer)));
    }

    /** The clicks of each batch are less than ten minutes behind those of the batch before, so none is dropped. */
    @Test
    @Order(6)
    void randomClicksGiveTheSameSessionsAsALoop(ShoppingSessions answer) {
        RandomScript.of(CLICKS)
                .columns(COLUMNS)
                .batches(
                        3,
                        100,
                        RandomRows.of(CLICKS)
                                .notNull("customer", "time")
                                .times("14:00", Duration.ofMinutes(190), Duration.ofMinutes(180))
                                .apart(GAP))
                .ending(YEARS_AHEAD)
                .run(onSpark(on(answer)), ShoppingSessionsCheckpoint::allSessions);
    }

    private static Script script() {
        return Script.of(CLICKS).columns(COLUMNS);
    }

    private static UnaryOperator<Dataset<Row>> on(ShoppingSessions answer) {
        return clicks -> answer.sessions(clicks.withWatermark("time", "10 minutes"));
    }

    private static ScriptRow click(int customer, String time, String spent) {
        return row(customer, time, spent == null ? null : new BigDecimal(spent));
    }

    private static List<ScriptRow> allSessions(List<ScriptRow> clicks) {
        Map<Integer, List<ScriptRow>> byCustomer = clicks.stream()
                .sorted(Comparator.comparing(ShoppingSessionsCheckpoint::time))
                .collect(Collectors.groupingBy(click -> click.getInt(0)));
        return byCustomer.values().stream()
                .flatMap(ShoppingSessionsCheckpoint::sessions)
                .toList();
    }

    /** Returns the sessions of one customer's clicks, which are in order. */
    private static Stream<ScriptRow> sessions(List<ScriptRow> clicks) {
        List<List<ScriptRow>> sessions = new ArrayList<>();
        Instant open = Instant.MIN;
        for (ScriptRow click : clicks) {
            if (time(click).isAfter(open)) {
                sessions.add(new ArrayList<>());
            }
            sessions.get(sessions.size() - 1).add(click);
            open = time(click).plus(GAP);
        }
        return sessions.stream()
                .map(session -> row(
                        session.get(0).get(0),
                        time(session.get(0)),
                        time(session.get(session.size() - 1)),
                        session.size(),
                        spent(session)));
    }

    private static BigDecimal spent(List<ScriptRow> session) {
        return session.stream()
                .map(click -> click.getDecimal(2))
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Instant time(ScriptRow click) {
        return click.getInstant(1);
    }
}
