package workbook.check.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;
import static workbook.check.spark.SparkAnswers.onSparkByName;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.memory.SalesScripts;
import workbook.check.script.Recorder;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/** Each script runs twice: with the right expectations, and with a wrong one, which must fail. */
class ScriptTest {

    private static final String SALES = SalesScripts.SALES;
    private static final String ORDERS = "id INT, time TIMESTAMP";
    private static final String PAID = "id INT, time TIMESTAMP, amount INT";

    @Test
    void numbersAreComparedByValueAndRowsAndColumnsInAnyOrder() {
        Script.of(SALES)
                .mode("complete")
                .columns("n", "total", "shop")
                .batch(sale("north", "1.50"), sale("south", "2.00"), sale(null, "0.00"))
                .emits(row(1, 2, "south"), row(1L, new BigDecimal("1.5"), "north"), row(1.0, 0, null))
                .run(onSpark(ScriptTest::totals));
    }

    @Test
    void aFailureShowsTheBatchAsTables() {
        Golden.assertWrong(
                "tables",
                () -> Script.of(SALES)
                        .title("two shops")
                        .mode("update")
                        .columns("shop", "n", "total")
                        .batch(sale("north", "1.00"), sale("south", "1.00"))
                        .emits(row("north", 1, 1), row("south", 1, 1))
                        .batch(sale("north", "2.50"))
                        .emits(row("north", 2, new BigDecimal("3.50")))
                        .run(onSpark(in -> totals(in).selectExpr("shop", "n", "n AS total"))));
    }

    @Test
    void outputOfABatchThatShouldEmitNothing() {
        Golden.assertWrong(
                "silent", () -> numbers().batch(row(1)).emitsNothing().run(onSpark(in -> in)));
    }

    @Test
    void unexpectedColumnsAreListed() {
        Golden.assertWrong(
                "columns",
                () -> Script.of(SALES)
                        .columns("shop", "n")
                        .batch()
                        .run(onSpark(in -> in.selectExpr("shop", "price AS amount"))));
    }

    @Test
    void differencesComeFirstInLongTables() {
        Object[] numbers = IntStream.range(0, 20).mapToObj(Script::row).toArray();
        Golden.assertWrong(
                "many-rows",
                () -> numbers()
                        .batch(numbers)
                        .emits(numbers)
                        .run(onSpark(in -> in.selectExpr("IF(n = 19, 99, n) AS n"))));
    }

    @Test
    void orderMattersIfExpected() {
        numbers()
                .mode("complete")
                .batch(row(1), row(2))
                .emitsInOrder(row(2), row(1))
                .run(onSpark(ScriptTest::descending));
        Golden.assertWrong(
                "order",
                () -> numbers()
                        .mode("complete")
                        .batch(row(1), row(2))
                        .emits(row(1), row(2))
                        .batch(row(3))
                        .emitsInOrder(row(1), row(2), row(3))
                        .run(onSpark(ScriptTest::descending)));
    }

    @Test
    void theWatermarkAfterEachBatch() {
        SalesScripts.hourly("10:30").run(onSpark(ScriptTest::hourlyTotals));
        Golden.assertWrong("watermark", () -> SalesScripts.hourly("10:31").run(onSpark(ScriptTest::hourlyTotals)));
    }

    /** The same scripts as on the memory engine of check/core. */
    @Test
    void scriptsPassAsOnTheMemoryEngine() {
        SalesScripts.interrupted().run(onSpark(ScriptTest::hourlyTotals));
    }

    @Test
    void withoutEventTimeThereIsNoWatermark() {
        numbers().batch(row(1)).noWatermark().run(onSpark(in -> in));
        Golden.assertWrong(
                "no-watermark",
                () -> Script.of(SALES)
                        .columns("shop", "total", "from")
                        .batch(row("north", "10:05", "1"))
                        .noWatermark()
                        .run(onSpark(ScriptTest::hourlyTotals)));
    }

    @Test
    void lateRowsAreDropped() {
        SalesScripts.lateRow(1).run(onSpark(ScriptTest::hourlyTotals));
        Golden.assertWrong("dropped", () -> SalesScripts.lateRow(0).run(onSpark(ScriptTest::hourlyTotals)));
    }

    @Test
    void stateRows() {
        distinct(2).run(onSpark(in -> in.dropDuplicates("n")));
        Golden.assertWrong("state", () -> distinct(1).run(onSpark(in -> in.dropDuplicates("n"))));
    }

    @Test
    void stateRowsUpToALimit() {
        numbers().batch(row(1), row(2)).stateAtMost(2).run(onSpark(in -> in.dropDuplicates("n")));
        assertThatThrownBy(
                        () -> numbers().batch(row(1), row(2)).stateAtMost(1).run(onSpark(in -> in.dropDuplicates("n"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("state      2  expected at most 1");
    }

    @Test
    void stateSurvivesARestart() {
        Script script = numbers()
                .columns("n", "times")
                .mode("update")
                .batch(row(7))
                .emits(row(7, 1))
                .restart()
                .batch(row(7), row(8))
                .emits(row(7, 2), row(8, 1));
        script.run(onSpark(in -> in.groupBy("n").agg(count("*").as("times"))));
    }

    /** The answer changes after the restart, and the script must show the difference. */
    @Test
    void aRestartCallsTheAnswerAgain() {
        int[] asked = {0};
        Golden.assertWrong(
                "restart",
                () -> numbers()
                        .batch(row(1))
                        .emits(row(1))
                        .restart()
                        .batch(row(2))
                        .emits(row(2))
                        .run(onSpark(in -> asked[0]++ == 0 ? in : in.selectExpr("n * 10 AS n"))));
    }

    @Test
    void aFailedSinkReceivesTheBatchAgain() {
        numbers()
                .batch(row(1))
                .emits(row(1))
                .batch(row(2), row(3))
                .sinkFails()
                .emits(row(2), row(3), row(2), row(3))
                .batch(row(4))
                .emits(row(4))
                .run(onSpark(in -> in));
        Golden.assertWrong(
                "sink",
                () -> numbers()
                        .batch(row(1))
                        .emits(row(1))
                        .batch(row(2))
                        .sinkFails()
                        .emits(row(2))
                        .run(onSpark(in -> in)));
    }

    @Test
    void stateCountsARepeatedBatchOnce() {
        numbers()
                .columns("n", "times")
                .mode("update")
                .batch(row(7))
                .sinkFails()
                .emits(row(7, 1), row(7, 1))
                .state(1)
                .batch(row(7))
                .emits(row(7, 2))
                .run(onSpark(in -> in.groupBy("n").agg(count("*").as("times"))));
    }

    @Test
    void twoInputs() {
        join(100).run(onSpark(ScriptTest::paidInTime));
        Golden.assertWrong("join", () -> join(101).run(onSpark(ScriptTest::paidInTime)));
    }

    /** The watermark of a union is the minimum of its inputs' watermarks. */
    @Test
    void manyInputsByName() {
        Script.of("a", ORDERS)
                .and("b", ORDERS)
                .and("c", ORDERS)
                .columns("id")
                .batch()
                .in("a", row(1, "10:00"))
                .in("b", row(2, "11:00"))
                .emits(row(1), row(2))
                .noWatermark()
                .batch()
                .in("c", row(3, "10:30"))
                .emits(row(3))
                .watermark("10:00")
                .run(onSparkByName(streams -> streams.values().stream()
                        .map(stream -> stream.withWatermark("time", "0 seconds"))
                        .reduce(Dataset::union)
                        .orElseThrow()
                        .select("id")));
    }

    @Test
    void typedDatasets() {
        Script.of("value STRING")
                .columns("value")
                .batch(row("a"), row("bb"))
                .emits(row(2))
                .run(onSpark(
                        Encoders.STRING(),
                        words -> words.filter((FilterFunction<String>) word -> word.length() > 1)
                                .map((MapFunction<String, Integer>) String::length, Encoders.INT())));
    }

    @Test
    void recordsAsRows() {
        Script.of(SALES)
                .columns("shop", "price", "time")
                .batch(new Sale("north", at("10:05"), 3))
                .emits(new Sale("north", at("10:05"), 3))
                .run(onSpark(in -> in));
    }

    @Test
    void timesOnSeveralDaysAreShownWithDates() {
        Golden.assertWrong(
                "days",
                () -> Script.of("time TIMESTAMP, day DATE")
                        .on("2026-03-01")
                        .columns("time", "day")
                        .batch(row("10:05", "2026-03-01"), row("2026-03-02 00:00:30", null))
                        .emits(row("10:05", "2026-03-01"), row("2026-03-02 00:00:31", null))
                        .run(onSpark(in -> in)));
    }

    /** With processing-time timers, batches run forever, and the output of a timer may come in any of them. */
    @Test
    void processingTimeTimers() {
        numbers()
                .mode("update")
                .columns("value")
                .batch(row(1), row(2))
                .emits(row("1 expired"), row("2 expired"))
                .restart()
                .batch(row(3))
                .emits(row("3 expired"))
                .state(0)
                .run(onSpark(ScriptTest::timers));
        assertThatThrownBy(() -> numbers()
                        .timeout(Duration.ofSeconds(1))
                        .mode("update")
                        .columns("value")
                        .batch(row(1))
                        .emits(row("1 unknown"))
                        .run(onSpark(ScriptTest::timers)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 unknown  <- missing");
    }

    @Test
    void invalidScriptsAreExplained() {
        assertThatThrownBy(() -> Script.of(SALES)
                        .columns("shop", "time", "price")
                        .batch(row("north", "noon", 1))
                        .run(onSpark(in -> in)))
                .hasMessage("\"noon\" is not a time. Write it as 10:05, 10:05:30, 2026-01-01 10:05 or"
                        + " 2026-01-01T10:05:00Z.");
        assertThatThrownBy(() -> numbers().batch(row(1, 2)).run(onSpark(in -> in)))
                .hasMessage("A row has 2 values, but the columns are n: [1, 2]");
        assertThatThrownBy(() -> numbers().restart().emits(row(1))).hasMessage("Call batch(...) first.");
    }

    @Test
    void aTraceHasAllEvents() {
        Trace trace = trace(SalesScripts.lateRow(1));
        assertThat(trace.inputs()).containsEntry("in", List.of("shop", "time", "price"));
        assertThat(trace.events())
                .extracting(Trace.Event::watermark)
                .containsExactly(at("10:30"), at("11:05"), at("11:05"));
        assertThat(trace.events()).extracting(Trace.Event::dropped).containsExactly(0L, 0L, 1L);
        assertThat(trace.events()).extracting(Trace.Event::state).containsExactly(1L, 1L, 1L);
        assertThat(trace.events()).allMatch(event -> event.millis() > 0);
        assertThat(trace.sameBehaviour(trace(SalesScripts.lateRow(1)))).isTrue();
        assertThat(trace.sameBehaviour(trace(SalesScripts.lateRow(0)))).isTrue();
        assertThat(trace.sameBehaviour(trace(SalesScripts.lateRow(1).batch()))).isFalse();
    }

    private static Trace trace(Script script) {
        return Recorder.record(() -> script.run(onSpark(ScriptTest::hourlyTotals)))
                .traces()
                .get(0);
    }

    private static Script numbers() {
        return Script.of("n INT").columns("n");
    }

    private static Script distinct(int state) {
        return numbers()
                .batch(row(1), row(1))
                .emits(row(1))
                .state(1)
                .batch(row(1), row(2))
                .emits(row(2))
                .state(state);
    }

    private static Dataset<Row> hourlyTotals(Dataset<Row> sales) {
        return sales.withWatermark("time", "10 minutes")
                .groupBy(window(col("time"), "1 hour"), col("shop"))
                .agg(sum("price").as("total"))
                .selectExpr("window.start AS from", "shop", "total");
    }

    private static Script join(int amount) {
        return Script.of("orders", ORDERS)
                .and("payments", PAID)
                .columns("id", "amount")
                .batch(row(1, "10:00"), row(2, "10:00"))
                .emitsNothing()
                .batch()
                .in("payments", row(1, "10:05", 100))
                .emits(row(1, amount))
                .state(3)
                .batch(row(3, "10:10"))
                .in("payments", row(3, "10:20", 300))
                .emits(row(3, 300));
    }

    private static Dataset<Row> paidInTime(Dataset<Row> orders, Dataset<Row> payments) {
        return orders.withWatermark("time", "1 hour")
                .as("o")
                .join(
                        payments.withWatermark("time", "1 hour").as("p"),
                        expr("o.id = p.id AND p.time BETWEEN o.time AND o.time + INTERVAL 1 HOUR"))
                .selectExpr("o.id AS id", "amount");
    }

    private static Dataset<Row> descending(Dataset<Row> numbers) {
        return numbers.groupBy("n").count().select("n").orderBy(col("n").desc());
    }

    private static Dataset<Row> totals(Dataset<Row> sales) {
        return sales.groupBy("shop").agg(count("*").as("n"), sum("price").as("total"));
    }

    @Test
    void stateInAStaticFieldIsRefused() {
        Script script = Script.of("n INT").columns("value").batch(row(1));

        assertThatThrownBy(() -> script.run(onSpark(numbers -> withProcessor(numbers, new SharesItsState()))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The field shared of SharesItsState is static.");
    }

    private static Dataset<Row> timers(Dataset<Row> numbers) {
        return withProcessor(numbers, new EmitsLater());
    }

    private static Dataset<Row> withProcessor(Dataset<Row> numbers, StatefulProcessor<Integer, Row, String> processor) {
        return numbers.groupByKey((MapFunction<Row, Integer>) row -> row.getInt(0), Encoders.INT())
                .transformWithState(processor, TimeMode.ProcessingTime(), OutputMode.Update(), Encoders.STRING())
                .toDF();
    }

    private static ScriptRow sale(String shop, String price) {
        return row(shop, "09:00", price);
    }

    private record Sale(String shop, Instant time, int price) {}

    /** Emits each number again after a short time, by a timer. */
    private static class EmitsLater extends StatefulProcessor<Integer, Row, String> {

        private transient ValueState<Integer> seen;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            seen = getHandle().getValueState("seen", Encoders.INT(), TTLConfig.NONE());
        }

        @Override
        public scala.collection.Iterator<String> handleInputRows(
                Integer key, scala.collection.Iterator<Row> rows, TimerValues times) {
            seen.update(key);
            getHandle().registerTimer(times.getCurrentProcessingTimeInMs() + 100);
            return CollectionConverters.asScala(List.<String>of().iterator());
        }

        @Override
        public scala.collection.Iterator<String> handleExpiredTimer(
                Integer key, TimerValues times, org.apache.spark.sql.streaming.ExpiredTimerInfo expired) {
            seen.clear();
            return CollectionConverters.asScala(List.of(key + " expired").iterator());
        }
    }

    private static final class SharesItsState extends EmitsLater {
        static ValueState<Integer> shared;
    }
}
