package lesson12;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessAllWindowFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.triggers.CountTrigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import workbook.check.diagnose.Misconception;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** Wrong answers to {@link RevenueOnFlink} that people really give. */
public final class RevenueOnFlinkMisconceptions {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BOUND = Duration.ofMinutes(30);
    private static final TumblingEventTimeWindows HOURS = TumblingEventTimeWindows.of(HOUR);

    private RevenueOnFlinkMisconceptions() {}

    @Misconception(
            believed = "The payments have a time, so event-time windows know it.",
            really = "To Flink a payment is any object. An operator has to assign the timestamp, and without one the"
                    + " windows refuse the first payment.",
            concept = "Event time")
    public static class AssignsNoTimestamps extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return byTerminal(payments).window(HOURS).aggregate(new Sum(), new ToRevenue());
        }
    }

    @Misconception(
            believed = "With timestamps, watermarks come by themselves.",
            really = "Timestamps put a payment into its window; only a watermark closes a window. Without a strategy"
                    + " that generates watermarks no hour is ever emitted.",
            concept = "Watermarks")
    public static class GeneratesNoWatermarks extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return sums(payments, WatermarkStrategy.noWatermarks());
        }
    }

    @Misconception(
            believed = "allowedLateness(30 minutes) makes an hour wait for thirty minutes.",
            really = "The watermark decides when an hour is emitted. Allowed lateness keeps the window after that, and"
                    + " emits it again for each late payment.",
            concept = "Allowed lateness")
    public static class AllowsLatenessInsteadOfABound extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return timed(payments, WatermarkStrategy.forMonotonousTimestamps())
                    .window(HOURS)
                    .allowedLateness(BOUND)
                    .aggregate(new Sum(), new ToRevenue());
        }
    }

    @Misconception(
            believed = "A bound and allowed lateness together are on the safe side.",
            really = "The bound already waits for thirty minutes. With allowed lateness an hour is kept after it was"
                    + " emitted, and a payment that comes then emits it a second time.",
            concept = "Allowed lateness")
    public static class AllowsLatenessToo extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return timed(payments, WatermarkStrategy.forBoundedOutOfOrderness(BOUND))
                    .window(HOURS)
                    .allowedLateness(BOUND)
                    .aggregate(new Sum(), new ToRevenue());
        }
    }

    @Misconception(
            believed = "A payment of 9:01 has to count until 10:30: the bound is ninety minutes.",
            really = "The watermark is compared with the window's end, not with the payment's time. With ninety minutes"
                    + " every hour is emitted an hour too late, and its state is kept as long.",
            concept = "Watermarks")
    public static class BoundsByNinetyMinutes extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return sums(payments, WatermarkStrategy.forBoundedOutOfOrderness(HOUR.plus(BOUND)));
        }
    }

    @Misconception(
            believed = "A payment older than the watermark is late: drop it first.",
            really = "The window is late or not, not the payment. While the watermark has not reached the end of an"
                    + " hour, all of its payments count.",
            concept = "Late rows")
    public static class DropsPaymentsBehindTheWatermark extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            DataStream<ReceivedPayment> recent = payments.assignTimestampsAndWatermarks(
                            withTimes(WatermarkStrategy.forBoundedOutOfOrderness(BOUND)))
                    .process(new Recent());
            return byTerminal(recent).window(HOURS).aggregate(new Sum(), new ToRevenue());
        }

        private static final class Recent extends ProcessFunction<ReceivedPayment, ReceivedPayment> {
            @Override
            public void processElement(ReceivedPayment payment, Context context, Collector<ReceivedPayment> out) {
                if (context.timestamp() > context.timerService().currentWatermark()) {
                    out.collect(payment);
                }
            }
        }
    }

    @Misconception(
            believed = "Each key has its own function object, so a field can keep the sums of a key.",
            really = "One object of a function works for all keys of its task. A field that is not state also is in no "
                    + "savepoint.",
            concept = "State")
    public static class KeepsTheSumInAField extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return timed(payments, WatermarkStrategy.forBoundedOutOfOrderness(BOUND))
                    .window(HOURS)
                    .process(new Total());
        }

        private static final class Total extends ProcessWindowFunction<ReceivedPayment, Revenue, String, TimeWindow> {
            private BigDecimal total = BigDecimal.ZERO;

            @Override
            public void process(
                    String key, Context context, Iterable<ReceivedPayment> payments, Collector<Revenue> out) {
                payments.forEach(payment -> total = total.add(payment.amount()));
                out.collect(new Revenue(Instant.ofEpochMilli(context.window().getStart()), terminal(key), total));
            }
        }
    }

    @Misconception(
            believed = "A map in the function, with an entry for each key, is as good as state.",
            really = "It works until the job starts again: only what is registered as state is in a checkpoint or a "
                    + "savepoint, and the map begins empty. The timers are restored, but the sums are lost.",
            concept = "State")
    public static class KeepsTheSumsInAMap extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return timed(payments, WatermarkStrategy.forBoundedOutOfOrderness(BOUND))
                    .process(new Sums());
        }

        private static final class Sums extends KeyedProcessFunction<String, ReceivedPayment, Revenue> {

            private final Map<String, BigDecimal> sums = new HashMap<>();

            @Override
            public void processElement(ReceivedPayment payment, Context context, Collector<Revenue> out) {
                long start = context.timestamp() - Math.floorMod(context.timestamp(), HOUR.toMillis());
                long last = start + HOUR.toMillis() - 1;
                if (last > context.timerService().currentWatermark()) {
                    sums.merge(context.getCurrentKey() + "@" + last, payment.amount(), BigDecimal::add);
                    context.timerService().registerEventTimeTimer(last);
                }
            }

            @Override
            public void onTimer(long last, OnTimerContext context, Collector<Revenue> out) {
                BigDecimal sum = sums.remove(context.getCurrentKey() + "@" + last);
                Instant hour = Instant.ofEpochMilli(last + 1).minus(HOUR);
                out.collect(new Revenue(hour, terminal(context.getCurrentKey()), sum == null ? BigDecimal.ZERO : sum));
            }
        }
    }

    @Misconception(
            believed = "windowAll is a window for the stream, and the key stays what it was.",
            really = "windowAll puts the payments of all keys into one window, in one task: the revenue of an hour"
                    + " becomes that of all terminals.",
            concept = "Windows")
    public static class PutsAllKeysIntoOneWindow extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return timed(payments, WatermarkStrategy.forBoundedOutOfOrderness(BOUND))
                    .windowAll(HOURS)
                    .process(new OfAll());
        }

        private static final class OfAll extends ProcessAllWindowFunction<ReceivedPayment, Revenue, TimeWindow> {
            @Override
            public void process(Context context, Iterable<ReceivedPayment> payments, Collector<Revenue> out) {
                BigDecimal sum = BigDecimal.ZERO;
                Integer terminal = null;
                for (ReceivedPayment payment : payments) {
                    sum = sum.add(payment.amount());
                    terminal = payment.terminal();
                }
                out.collect(new Revenue(Instant.ofEpochMilli(context.window().getStart()), terminal, sum));
            }
        }
    }

    @Misconception(
            believed = "A trigger adds a moment at which the window is emitted.",
            really = "It replaces the window's own trigger: with a CountTrigger each payment emits its hour, and the"
                    + " watermark emits nothing.",
            concept = "Window triggers")
    public static class TriggersByCount extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return timed(payments, WatermarkStrategy.forBoundedOutOfOrderness(BOUND))
                    .window(HOURS)
                    .trigger(CountTrigger.of(1))
                    .aggregate(new Sum(), new ToRevenue());
        }
    }

    @Misconception(
            believed = "Null is a key like any other: the payments without a terminal are a group.",
            really = "A key decides in which task a payment is processed, and null has no hash. The job fails at the"
                    + " first payment without a terminal.",
            concept = "Nulls")
    public static class GroupsByNull extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return payments.assignTimestampsAndWatermarks(withTimes(WatermarkStrategy.forBoundedOutOfOrderness(BOUND)))
                    .keyBy(ReceivedPayment::terminal)
                    .window(HOURS)
                    .aggregate(new Sum(), new OfTerminal());
        }

        private static final class OfTerminal extends ProcessWindowFunction<BigDecimal, Revenue, Integer, TimeWindow> {
            @Override
            public void process(Integer key, Context context, Iterable<BigDecimal> sum, Collector<Revenue> out) {
                out.collect(new Revenue(
                        Instant.ofEpochMilli(context.window().getStart()),
                        key,
                        sum.iterator().next()));
            }
        }
    }

    @Misconception(
            believed = "The second argument of the window is how late a payment may be.",
            really = "It is the slide: how often a window begins. With thirty minutes the windows overlap, and each"
                    + " payment counts in two of them.",
            concept = "Windows")
    public static class SlidesByThirtyMinutes extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return timed(payments, WatermarkStrategy.forBoundedOutOfOrderness(BOUND))
                    .window(SlidingEventTimeWindows.of(HOUR, BOUND))
                    .aggregate(new Sum(), new ToRevenue());
        }
    }

    @Misconception(
            believed = "A window is identified by its end.",
            really = "A window includes its start and excludes its end. The payments from nine to ten are the hour from"
                    + " nine; the next hour begins at ten.",
            concept = "Windows")
    public static class NamesAnHourByItsEnd extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return super.revenue(payments)
                    .map(one -> new Revenue(one.hour().plus(HOUR), one.terminal(), one.revenue()));
        }
    }

    @Misconception(
            believed = "A double is good enough for money.",
            really = "Ten cents have no exact double: three times 0.1 is 0.30000000000000004. Payments have decimals,"
                    + " whose sums are exact and do not depend on the order of the rows.",
            concept = "Money")
    public static class SumsDoubles extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return timed(payments, WatermarkStrategy.forBoundedOutOfOrderness(BOUND))
                    .window(HOURS)
                    .aggregate(new SumOfDoubles(), new ToRevenue());
        }

        private static final class SumOfDoubles implements AggregateFunction<ReceivedPayment, Double, BigDecimal> {
            @Override
            public Double createAccumulator() {
                return 0.0;
            }

            @Override
            public Double add(ReceivedPayment payment, Double sum) {
                return sum + payment.amount().doubleValue();
            }

            @Override
            public BigDecimal getResult(Double sum) {
                return BigDecimal.valueOf(sum);
            }

            @Override
            public Double merge(Double some, Double others) {
                return some + others;
            }
        }
    }

    @Misconception(
            believed = "An amount below zero is an error: revenue is what was paid.",
            really = "It is a refund, and belongs to the revenue: the sum is what was paid minus what was paid back.",
            concept = "Money")
    public static class LeavesRefundsOut extends RevenueOnFlink {
        @Override
        public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
            return super.revenue(payments.filter(payment -> payment.amount().signum() >= 0));
        }
    }

    private static WatermarkStrategy<ReceivedPayment> withTimes(WatermarkStrategy<ReceivedPayment> strategy) {
        return strategy.withTimestampAssigner(
                (payment, before) -> payment.time().toEpochMilli());
    }

    private static KeyedStream<ReceivedPayment, String> byTerminal(DataStream<ReceivedPayment> payments) {
        return payments.keyBy(payment -> String.valueOf(payment.terminal()));
    }

    private static KeyedStream<ReceivedPayment, String> timed(
            DataStream<ReceivedPayment> payments, WatermarkStrategy<ReceivedPayment> strategy) {
        return byTerminal(payments.assignTimestampsAndWatermarks(withTimes(strategy)));
    }

    private static DataStream<Revenue> sums(
            DataStream<ReceivedPayment> payments, WatermarkStrategy<ReceivedPayment> strategy) {
        return timed(payments, strategy)
                .window(HOURS)
                .aggregate(new RevenueOnFlink.Sum(), new RevenueOnFlink.ToRevenue());
    }
}
