package lesson12;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/**
 * The strategy says what the time of a payment is, and that payments lag behind the newest one by thirty minutes at most:
 * the watermark is the newest time minus that bound. A window is emitted and its state deleted when the watermark reaches
 * its end. The aggregate keeps one sum for each window instead of all its payments.
 *
 * <p>A key must not be null, so the key is the text of the terminal: {@code "null"} is a group, too.
 */
public class RevenueOnFlink {

    public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
        return payments.assignTimestampsAndWatermarks(
                        WatermarkStrategy.<ReceivedPayment>forBoundedOutOfOrderness(Duration.ofMinutes(30))
                                .withTimestampAssigner(
                                        (payment, before) -> payment.time().toEpochMilli()))
                .keyBy(payment -> String.valueOf(payment.terminal()))
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .aggregate(new Sum(), new ToRevenue());
    }

    /** Adds up amounts. */
    static final class Sum implements AggregateFunction<ReceivedPayment, BigDecimal, BigDecimal> {
        @Override
        public BigDecimal createAccumulator() {
            return BigDecimal.ZERO;
        }

        @Override
        public BigDecimal add(ReceivedPayment payment, BigDecimal sum) {
            return sum.add(payment.amount());
        }

        @Override
        public BigDecimal getResult(BigDecimal sum) {
            return sum;
        }

        @Override
        public BigDecimal merge(BigDecimal some, BigDecimal others) {
            return some.add(others);
        }
    }

    /** Adds the window's start and its key to the sum. */
    static final class ToRevenue extends ProcessWindowFunction<BigDecimal, Revenue, String, TimeWindow> {
        @Override
        public void process(String key, Context context, Iterable<BigDecimal> sum, Collector<Revenue> out) {
            Instant hour = Instant.ofEpochMilli(context.window().getStart());
            out.collect(new Revenue(hour, terminal(key), sum.iterator().next()));
        }
    }

    static Integer terminal(String key) {
        return key.equals("null") ? null : Integer.valueOf(key);
    }
}
