package lesson12;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;
import workbook.check.diagnose.Misconception;
import workbook.kit.engines.AbandonedBasket;
import workbook.kit.engines.BasketEvent;

/** Wrong answers to {@link AbandonedBasketsOnFlink} that people really give. */
public final class AbandonedBasketsOnFlinkMisconceptions {

    private static final Duration BOUND = Duration.ofMinutes(10);

    private AbandonedBasketsOnFlinkMisconceptions() {}

    @Misconception(
            believed = "A timer in event time fires when its time has come.",
            really = "It fires when the watermark has passed its time. Without a strategy that generates watermarks no"
                    + " timer ever fires.",
            concept = "Timers")
    public static class GeneratesNoWatermarks extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return events.assignTimestampsAndWatermarks(WatermarkStrategy.<BasketEvent>noWatermarks()
                            .withTimestampAssigner(
                                    (event, before) -> event.time().toEpochMilli()))
                    .keyBy(BasketEvent::basket)
                    .process(new Baskets());
        }
    }

    @Misconception(
            believed = "Thirty minutes after the last event the basket has ended: why wait for ten more?",
            really = "An event of the basket may arrive up to ten minutes late. Without a bound the timer fires before"
                    + " it, and the rest of the basket becomes a second one.",
            concept = "Watermarks")
    public static class WaitsForNoLateEvents extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return abandoned(events, Duration.ZERO, new Baskets());
        }
    }

    @Misconception(
            believed = "When the timer fires, the basket is abandoned.",
            really = "Every event has a timer, and a later event has not deleted it. The timer has to look whether the"
                    + " basket went on.",
            concept = "Timers")
    public static class TreatsEveryTimerAsTheEnd extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return abandoned(events, BOUND, new EveryTimer());
        }

        private static final class EveryTimer extends Baskets {
            @Override
            public void onTimer(long end, OnTimerContext context, Collector<AbandonedBasket> out) throws Exception {
                List<BasketEvent> all = inOrder();
                events.clear();
                if (!all.isEmpty()) {
                    emit(all, out);
                }
            }
        }
    }

    @Misconception(
            believed = "The last event is the one that arrived last: at each event, delete the old timer and set a new"
                    + " one.",
            really = "Events arrive out of order. After a late one the timer is earlier than the basket's end, and the"
                    + " basket is emitted while its events can still arrive.",
            concept = "Event time")
    public static class UsesTheOrderOfArrival extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return abandoned(events, BOUND, new ByArrival());
        }

        private static final class ByArrival extends Baskets {
            private transient ValueState<Long> timer;

            @Override
            public void open(OpenContext context) {
                super.open(context);
                timer = getRuntimeContext().getState(new ValueStateDescriptor<>("timer", Long.class));
            }

            @Override
            public void processElement(BasketEvent event, Context context, Collector<AbandonedBasket> out)
                    throws Exception {
                events.add(event);
                if (timer.value() != null) {
                    context.timerService().deleteEventTimeTimer(timer.value());
                }
                timer.update(millis(event) + TIMEOUT);
                context.timerService().registerEventTimeTimer(timer.value());
            }

            @Override
            public void onTimer(long end, OnTimerContext context, Collector<AbandonedBasket> out) throws Exception {
                List<BasketEvent> all = inOrder();
                events.clear();
                timer.clear();
                emit(all, out);
            }
        }
    }

    @Misconception(
            believed = "A list in the state is in the order of the times.",
            really = "It is in the order in which the elements were added, which is that of their arrival.",
            concept = "State")
    public static class ReliesOnTheOrderOfTheList extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return abandoned(events, BOUND, new InListOrder());
        }

        private static final class InListOrder extends Baskets {
            @Override
            public void onTimer(long end, OnTimerContext context, Collector<AbandonedBasket> out) throws Exception {
                List<BasketEvent> ended = new ArrayList<>();
                List<BasketEvent> later = new ArrayList<>();
                events.get().forEach(event -> (millis(event) <= end - TIMEOUT ? ended : later).add(event));
                if (later.stream().noneMatch(event -> millis(event) < end)) {
                    events.update(later);
                    emit(ended, out);
                }
            }
        }
    }

    @Misconception(
            believed = "Checkouts are not items, so I filter them out first.",
            really = "Then nothing tells a basket that was paid from one that was left: all of them are emitted.",
            concept = "State")
    public static class FiltersOutCheckouts extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return super.abandoned(events.filter(event -> event.item() != null));
        }
    }

    @Misconception(
            believed = "Once a basket is checked out, I can clear its state.",
            really = "A late item from before the checkout, or one after it, then begins a basket of its own, which is"
                    + " never checked out.",
            concept = "Late rows")
    public static class ClearsTheStateAtTheCheckout extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return abandoned(events, BOUND, new AtTheCheckout());
        }

        private static final class AtTheCheckout extends Baskets {
            @Override
            public void processElement(BasketEvent event, Context context, Collector<AbandonedBasket> out)
                    throws Exception {
                if (event.item() == null) {
                    events.clear();
                } else {
                    super.processElement(event, context, out);
                }
            }

            @Override
            public void onTimer(long end, OnTimerContext context, Collector<AbandonedBasket> out) throws Exception {
                if (!inOrder().isEmpty()) {
                    super.onTimer(end, context, out);
                }
            }
        }
    }

    @Misconception(
            believed = "A map in the function, with an entry for each key, is as good as state.",
            really = "It works until the job starts again: only what is registered as state is in a savepoint. The"
                    + " timers are restored, and find nothing.",
            concept = "State")
    public static class KeepsTheEventsInAMap extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return abandoned(events, BOUND, new InAMap());
        }

        private static final class InAMap extends Baskets {
            private final Map<Long, List<BasketEvent>> baskets = new HashMap<>();

            @Override
            public void processElement(BasketEvent event, Context context, Collector<AbandonedBasket> out) {
                baskets.computeIfAbsent(event.basket(), basket -> new ArrayList<>())
                        .add(event);
                context.timerService().registerEventTimeTimer(millis(event) + TIMEOUT);
            }

            @Override
            public void onTimer(long end, OnTimerContext context, Collector<AbandonedBasket> out) {
                List<BasketEvent> all = baskets.getOrDefault(context.getCurrentKey(), new ArrayList<>());
                all.sort(Comparator.comparing(BasketEvent::time));
                List<BasketEvent> ended = all.stream()
                        .filter(event -> millis(event) <= end - TIMEOUT)
                        .toList();
                boolean continues = all.size() > ended.size() && millis(all.get(ended.size())) < end;
                if (!continues && !ended.isEmpty()) {
                    baskets.put(context.getCurrentKey(), new ArrayList<>(all.subList(ended.size(), all.size())));
                    emit(ended, out);
                }
            }
        }
    }

    @Misconception(
            believed = "When a basket ends, its number has no more events: I can clear the state.",
            really = "The watermark is ten minutes behind, so events of the next basket with this number may have"
                    + " arrived. They are deleted with the old ones.",
            concept = "Timers")
    public static class ClearsTheNextBasketToo extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return abandoned(events, BOUND, new All());
        }

        private static final class All extends Baskets {
            @Override
            public void onTimer(long end, OnTimerContext context, Collector<AbandonedBasket> out) throws Exception {
                List<BasketEvent> all = inOrder();
                List<BasketEvent> ended = all.stream()
                        .filter(event -> millis(event) <= end - TIMEOUT)
                        .toList();
                boolean continues = all.size() > ended.size() && millis(all.get(ended.size())) < end;
                if (!continues && !ended.isEmpty()) {
                    events.clear();
                    emit(ended, out);
                }
            }
        }
    }

    @Misconception(
            believed = "A basket is a set of items.",
            really = "An item may be put in twice, and the order of the times is asked for. A set keeps neither.",
            concept = "Deduplication")
    public static class CollectsASet extends AbandonedBasketsOnFlink {
        @Override
        public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
            return super.abandoned(events)
                    .map(basket -> new AbandonedBasket(
                            basket.basket(),
                            new TreeSet<>(List.of(basket.items().split(",")))
                                    .stream().collect(Collectors.joining(",")),
                            basket.since()));
        }
    }
}
