package lesson12;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import workbook.kit.engines.AbandonedBasket;
import workbook.kit.engines.BasketEvent;

/** Right answers written differently, and one that only solves the events in the checkpoint. */
class AbandonedBasketsOnFlinkAlternatives {

    private static KeyedStream<BasketEvent, Long> byBasket(DataStream<BasketEvent> events) {
        return events.assignTimestampsAndWatermarks(WatermarkStrategy.<BasketEvent>forBoundedOutOfOrderness(
                                Duration.ofSeconds(600))
                        .withTimestampAssigner((event, before) -> event.time().toEpochMilli()))
                .keyBy(BasketEvent::basket);
    }

    public static class WithASessionWindow extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return byBasket(events)
                    .window(EventTimeSessionWindows.withGap(Duration.ofMinutes(30)))
                    .process(new Ended());
        }

        private static final class Ended extends ProcessWindowFunction<BasketEvent, AbandonedBasket, Long, TimeWindow> {
            @Override
            public void process(
                    Long basket, Context context, Iterable<BasketEvent> events, Collector<AbandonedBasket> out) {
                List<BasketEvent> ended = new ArrayList<>();
                events.forEach(ended::add);
                ended.sort(Comparator.comparing(BasketEvent::time));
                Baskets.emit(ended, out);
            }
        }
    }

    /** Events wait in a map until the watermark has passed them, and are then handled in the order of their times. */
    public static class SortsByTheWatermark extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return byBasket(events).process(new Sorted());
        }

        private static final class Sorted extends KeyedProcessFunction<Long, BasketEvent, AbandonedBasket> {
            private static final long TIMEOUT = Duration.ofMinutes(30).toMillis();
            private transient MapState<Long, BasketEvent> events;

            @Override
            public void open(OpenContext context) {
                events = getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("events", Long.class, BasketEvent.class));
            }

            @Override
            public void processElement(BasketEvent event, Context context, Collector<AbandonedBasket> out)
                    throws Exception {
                long time = event.time().toEpochMilli();
                events.put(time, event);
                context.timerService().registerEventTimeTimer(time + TIMEOUT - 1);
            }

            @Override
            public void onTimer(long time, OnTimerContext context, Collector<AbandonedBasket> out) throws Exception {
                long last = time - TIMEOUT + 1;
                TreeMap<Long, BasketEvent> all = new TreeMap<>();
                for (var entry : events.entries()) {
                    all.put(entry.getKey(), entry.getValue());
                }
                Long next = all.higherKey(last);
                if (next == null || next - last > TIMEOUT) {
                    List<BasketEvent> ended =
                            List.copyOf(all.headMap(last, true).values());
                    for (BasketEvent event : ended) {
                        events.remove(event.time().toEpochMilli());
                    }
                    Baskets.emit(ended, out);
                }
            }
        }
    }

    public static class Learnt extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return super.abandoned(
                    events.filter(event -> event.basket() >= 1 && event.basket() <= 4 || event.basket() == 99));
        }
    }
}
