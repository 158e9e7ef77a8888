package lesson12;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class RevenueOnFlinkAlternatives {

    /** The revenue itself is reduced, and the watermark follows each payment instead of a timer. */
    public static class ReducesRevenues extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return payments.map(payment -> new Revenue(payment.time(), payment.terminal(), payment.amount()))
                    .assignTimestampsAndWatermarks(WatermarkStrategy.<Revenue>forGenerator(
                                    context -> new AfterEachPayment())
                            .withTimestampAssigner((one, before) -> one.hour().toEpochMilli()))
                    .keyBy(one -> one.terminal() == null ? Long.MIN_VALUE : one.terminal())
                    .window(TumblingEventTimeWindows.of(Duration.ofMinutes(60)))
                    .reduce((sum, one) -> new Revenue(
                            sum.hour(), sum.terminal(), sum.revenue().add(one.revenue())))
                    .map(sum -> new Revenue(sum.hour().truncatedTo(ChronoUnit.HOURS), sum.terminal(), sum.revenue()));
        }

        private static final class AfterEachPayment implements WatermarkGenerator<Revenue> {
            @Override
            public void onEvent(Revenue one, long time, WatermarkOutput output) {
                output.emitWatermark(new Watermark(time - Duration.ofMinutes(30).toMillis() - 1));
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput output) {
                // each payment has emitted its own
            }
        }
    }

    /** The watermark has no delay, and timers fire thirty minutes after the hour's end. */
    public static class WithTimers extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return payments.assignTimestampsAndWatermarks(WatermarkStrategy.<ReceivedPayment>forMonotonousTimestamps()
                            .withTimestampAssigner(
                                    (payment, before) -> payment.time().toEpochMilli()))
                    .keyBy(payment -> "terminal " + payment.terminal())
                    .process(new Sums());
        }

        private static final class Sums extends KeyedProcessFunction<String, ReceivedPayment, Revenue> {

            private static final Duration OPEN = Duration.ofMinutes(90);

            private transient MapState<Long, BigDecimal> sums;

            @Override
            public void open(OpenContext context) {
                sums = getRuntimeContext().getMapState(new MapStateDescriptor<>("sums", Long.class, BigDecimal.class));
            }

            @Override
            public void processElement(ReceivedPayment payment, Context context, Collector<Revenue> out)
                    throws Exception {
                long due =
                        payment.time().truncatedTo(ChronoUnit.HOURS).plus(OPEN).toEpochMilli() - 1;
                if (due > context.timerService().currentWatermark()) {
                    BigDecimal sum = sums.get(due);
                    sums.put(due, sum == null ? payment.amount() : sum.add(payment.amount()));
                    context.timerService().registerEventTimeTimer(due);
                }
            }

            @Override
            public void onTimer(long due, OnTimerContext context, Collector<Revenue> out) throws Exception {
                Instant hour = Instant.ofEpochMilli(due + 1).minus(OPEN);
                String terminal = context.getCurrentKey().substring("terminal ".length());
                out.collect(new Revenue(hour, terminal(terminal), sums.get(due)));
                sums.remove(due);
            }
        }
    }

    /** All payments of a window are kept until it is emitted; the times are assigned after the payments are keyed. */
    public static class KeepsThePayments extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return payments.keyBy(payment -> String.valueOf(payment.terminal()))
                    .assignTimestampsAndWatermarks(
                            WatermarkStrategy.<ReceivedPayment>forBoundedOutOfOrderness(Duration.ofSeconds(1800))
                                    .withTimestampAssigner(context ->
                                            (payment, before) -> payment.time().toEpochMilli()))
                    .keyBy(payment -> String.valueOf(payment.terminal()))
                    .window(TumblingEventTimeWindows.of(Duration.ofHours(1), Duration.ofHours(0)))
                    .process(new AddUp());
        }

        private static final class AddUp extends ProcessWindowFunction<ReceivedPayment, Revenue, String, TimeWindow> {
            @Override
            public void process(
                    String key, Context context, Iterable<ReceivedPayment> payments, Collector<Revenue> out) {
                BigDecimal sum = BigDecimal.ZERO;
                for (ReceivedPayment payment : payments) {
                    sum = sum.add(payment.amount());
                }
                out.collect(new Revenue(
                        Instant.ofEpochMilli(context.window().getEnd()).minus(Duration.ofHours(1)),
                        terminal(key),
                        sum));
            }
        }
    }

    public static class Learnt extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return super.revenue(
                    payments.filter(payment -> payment.id() == null || payment.id() >= 1 && payment.id() <= 99));
        }
    }
}
