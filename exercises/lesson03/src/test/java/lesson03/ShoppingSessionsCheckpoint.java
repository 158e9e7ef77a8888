package lesson03;

import static workbook.check.script.Script.at;
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
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;

@Checkpoint(ShoppingSessions.class)
class ShoppingSessionsCheckpoint {

    private static final String CLICKS = "customer INT, time TIMESTAMP, spent DECIMAL(10,2)";
    private static final String[] COLUMNS = {"customer", "start", "end", "clicks", "spent"};
    private static final Duration GAP = Duration.ofMinutes(30);
    private static final ScriptRow FAR_AHEAD = click(99, "23:00", "1.00");

    @Test
    @Order(1)
    void clicksOfACustomerAtMostThirtyMinutesApartAreOneSession(ShoppingSessions answer) {
        script().batch(
                        click(1, "09:00", "0.10"),
                        click(1, "09:30", "0.20"),
                        click(1, "09:54", "5.00"),
                        click(2, "10:10", "2.00"),
                        click(1, "10:24:01", "8.00"),
                        click(2, "10:45", "3.00"),
                        FAR_AHEAD)
                .emits(
                        row(1, "09:00", "09:54", 3, "5.30"),
                        row(1, "10:24:01", "10:24:01", 1, "8.00"),
                        row(2, "10:10", "10:10", 1, "2.00"),
                        row(2, "10:45", "10:45", 1, "3.00"))
                .run(onSpark(on(answer)));
    }

    @Test
    @Order(2)
    void clicksWithoutAPurchaseBelongToTheSessionAndSpendNothing(ShoppingSessions answer) {
        script().batch(
                        click(1, "09:00", "1.00"),
                        click(1, "09:20", null),
                        click(1, "09:40", "4.00"),
                        click(2, "09:00", null),
                        FAR_AHEAD)
                .emits(row(1, "09:00", "09:40", 3, "5.00"), row(2, "09:00", "09:00", 1, "0.00"))
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

    /** The clicks of each batch are less than ten minutes behind those of the batch before, so none is dropped. */
    @Test
    @Order(4)
    void randomClicksGiveTheSameSessionsAsALoop(ShoppingSessions answer) {
        RandomScript.of(CLICKS)
                .columns(COLUMNS)
                .batches(3, 12, ShoppingSessionsCheckpoint::randomClick)
                .ending(FAR_AHEAD)
                .run(onSpark(on(answer)), ShoppingSessionsCheckpoint::allSessions);
    }

    private static Script script() {
        return Script.of(CLICKS).columns(COLUMNS);
    }

    private static UnaryOperator<Dataset<Row>> on(ShoppingSessions answer) {
        return clicks -> answer.sessions(clicks.withWatermark("time", "10 minutes"));
    }

    private static ScriptRow click(int customer, String time, String spent) {
        return row(customer, at(time), spent == null ? null : new BigDecimal(spent));
    }

    private static ScriptRow randomClick(Random random, int batch) {
        Instant time = at("09:00").plusSeconds(60 * (60 * batch + random.nextInt(70)));
        BigDecimal spent = random.nextInt(3) > 0 ? null : BigDecimal.valueOf(random.nextInt(10_000), 2);
        return row(100 + random.nextInt(4), time, spent);
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
