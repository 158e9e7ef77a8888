package lesson12;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import workbook.kit.engines.AbandonedBasket;
import workbook.kit.engines.BasketEvent;

/**
 * Registers a timer for every event, in event time, thirty minutes after it. When the timer fires, the watermark has
 * passed that moment, so all earlier events have arrived. If none of them is within the thirty minutes, the basket has
 * ended, with all older events. Otherwise the timer of a later event will fire.
 */
public class AbandonedBasketsOnFlink {

    public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
        return abandoned(events, Duration.ofMinutes(10), new Baskets());
    }

    static DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events, Duration bound, Baskets baskets) {
        return events.assignTimestampsAndWatermarks(WatermarkStrategy.<BasketEvent>forBoundedOutOfOrderness(bound)
                        .withTimestampAssigner((event, before) -> event.time().toEpochMilli()))
                .keyBy(BasketEvent::basket)
                .process(baskets);
    }

    /** Keeps the events of each basket until it ends. */
    static class Baskets extends KeyedProcessFunction<Long, BasketEvent, AbandonedBasket> {

        static final long TIMEOUT = Duration.ofMinutes(30).toMillis();

        transient ListState<BasketEvent> events;

        @Override
        public void open(OpenContext context) {
            events = getRuntimeContext().getListState(new ListStateDescriptor<>("events", BasketEvent.class));
        }

        @Override
        public void processElement(BasketEvent event, Context context, Collector<AbandonedBasket> out)
                throws Exception {
            events.add(event);
            context.timerService().registerEventTimeTimer(millis(event) + TIMEOUT);
        }

        @Override
        public void onTimer(long end, OnTimerContext context, Collector<AbandonedBasket> out) throws Exception {
            List<BasketEvent> all = inOrder();
            List<BasketEvent> ended =
                    all.stream().filter(event -> millis(event) <= end - TIMEOUT).toList();
            boolean continues = all.size() > ended.size() && millis(all.get(ended.size())) < end;
            if (!continues) {
                events.update(all.subList(ended.size(), all.size()));
                emit(ended, out);
            }
        }

        List<BasketEvent> inOrder() throws Exception {
            List<BasketEvent> all = new ArrayList<>();
            events.get().forEach(all::add);
            all.sort(Comparator.comparing(BasketEvent::time));
            return all;
        }

        static void emit(List<BasketEvent> ended, Collector<AbandonedBasket> out) {
            if (ended.stream().noneMatch(event -> event.item() == null)) {
                BasketEvent last = ended.get(ended.size() - 1);
                String items = ended.stream().map(BasketEvent::item).collect(Collectors.joining(","));
                out.collect(new AbandonedBasket(last.basket(), items, last.time()));
            }
        }

        static long millis(BasketEvent event) {
            return event.time().toEpochMilli();
        }
    }
}
