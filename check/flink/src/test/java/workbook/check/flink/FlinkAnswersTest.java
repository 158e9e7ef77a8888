package workbook.check.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.flink.FlinkAnswers.onFlink;
import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import workbook.check.engine.Engines;
import workbook.check.script.Script;

class FlinkAnswersTest {

    private static final String ALL = "n INT, price DECIMAL(10,2), time TIMESTAMP, card STRING";

    /** Of {@link #ALL}. */
    record Sale(Integer n, BigDecimal price, Instant time, String card) {}

    /** A number, or a watermark. */
    record Number(Integer n) {}

    @Test
    void rowsAreRecordsBothWays() {
        Script.of(ALL)
                .columns("card", "n", "price", "time")
                .batch(row(1, "2.50", "09:00", "a"), row(null, "-0.10", "09:00:00.001", null))
                .emits(row("a", 1, "2.50", "09:00"), row(null, null, "-0.10", "09:00:00.001"))
                .batch()
                .emitsNothing()
                .run(onFlink(Sale.class, ALL, sales -> sales));
    }

    @Test
    void stateSurvivesARestart() {
        Script.of("n INT")
                .columns("n")
                .batch(row(1), row(2))
                .emits(row(1), row(3))
                .restart()
                .batch(row(3))
                .emits(row(6))
                .restart()
                .restart()
                .batch(row(4))
                .emits(row(10))
                .run(onFlink(Number.class, "n INT", FlinkAnswersTest::sums));
    }

    @Test
    void stateInAStaticFieldIsRefused() {
        assertThatThrownBy(() -> Script.of("n INT")
                        .columns("n")
                        .batch(row(1))
                        .run(onFlink(
                                Number.class,
                                "n INT",
                                numbers -> numbers.keyBy(Number::n).map(new Shared()))))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The field sum of Shared is static.");
    }

    private static final class Shared extends RichMapFunction<Number, Number> {
        @SuppressWarnings("unused")
        private static ValueState<Integer> sum;

        @Override
        public Number map(Number number) {
            return number;
        }
    }

    private static DataStream<Number> sums(DataStream<Number> numbers) {
        return numbers.keyBy(number -> "all").process(new KeyedProcessFunction<String, Number, Number>() {
            private transient ValueState<Integer> sum;

            @Override
            public void open(OpenContext context) {
                sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Integer.class));
            }

            @Override
            public void processElement(Number number, Context context, Collector<Number> out) throws Exception {
                sum.update((sum.value() == null ? 0 : sum.value()) + number.n());
                out.collect(new Number(sum.value()));
            }
        });
    }

    /** A strategy with a periodic generator, in two of the places where an answer may have it. */
    @Test
    void aPeriodicWatermarkFollowsEachRecord() {
        for (int i = 0; i < 20; i++) {
            Script.of("n INT")
                    .columns("n")
                    .batch(row(60), row(100))
                    .emits(row(Integer.MIN_VALUE), row(59))
                    .batch(row(70), row(101))
                    .emits(row(99), row(99))
                    .run(onFlink(Number.class, "n INT", numbers -> watermarks(numbers.keyBy(number -> "all"))));
        }
    }

    /** The watermark, in seconds, that each record finds. */
    private static DataStream<Number> watermarks(DataStream<Number> numbers) {
        return numbers.assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Number>forBoundedOutOfOrderness(Duration.ofMillis(999))
                                .withTimestampAssigner((number, before) -> number.n() * 1000L))
                .process(new ProcessFunction<>() {
                    @Override
                    public void processElement(Number number, Context context, Collector<Number> out) {
                        long watermark = context.timerService().currentWatermark();
                        out.collect(
                                new Number(watermark == Long.MIN_VALUE ? Integer.MIN_VALUE : (int) (watermark / 1000)));
                    }
                });
    }

    @Test
    void aJobThatFailsThrowsItsCause() {
        assertThatThrownBy(() -> Script.of("n INT")
                        .columns("n")
                        .batch(row(1))
                        .emits(row(1))
                        .batch(row(0))
                        .run(onFlink(
                                Number.class, "n INT", numbers -> numbers.map(number -> new Number(1 / number.n())))))
                .hasRootCauseMessage("/ by zero");
    }

    @Test
    void theEngineIsFoundAndWarmsUp() {
        assertThat(Engines.of(FlinkAnswersTest.class)).singleElement().satisfies(engine -> engine.warmUp());
    }
}
