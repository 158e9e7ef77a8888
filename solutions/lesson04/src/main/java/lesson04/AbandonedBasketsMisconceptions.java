package lesson04;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.session_window;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.diagnose.Misconception;

/** Common wrong answers to {@link AbandonedBaskets}. */
public final class AbandonedBasketsMisconceptions {

    private static final String ALL_IN_ORDER =
            "transform(array_sort(collect_list(struct(time, item))), event -> event.item)";

    private AbandonedBasketsMisconceptions() {}

    @Misconception(
            believed = "Thirty minutes are thirty minutes: a timer in processing time fires when they are over.",
            really = "It fires half an hour after the query read the event, whenever the event happened. "
                    + "In a replay the query reads all events at once, and after an outage every open "
                    + "basket gets another half hour.",
            concept = "Timers")
    public static class SetsProcessingTimeTimers extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return abandoned(events.withWatermark("time", "10 minutes"), new ByTheClock(), TimeMode.ProcessingTime());
        }

        private static final class ByTheClock extends Baskets {
            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Long basket, scala.collection.Iterator<Row> rows, TimerValues now) {
                rows.foreach(event -> {
                    events.appendValue(event);
                    return null;
                });
                getHandle().registerTimer(now.getCurrentProcessingTimeInMs() + TIMEOUT);
                return rows(List.of());
            }
        }
    }

    @Misconception(
            believed = "TimeMode.EventTime() is enough; the column is called time.",
            really = "Spark does not guess the event-time column or its delay: withWatermark sets both. "
                    + "Without it the query runs, there is no exception, and no timer ever fires.",
            concept = "Watermarks")
    public static class SetsNoWatermark extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return abandoned(events, new Baskets(), TimeMode.EventTime());
        }
    }

    @Misconception(
            believed = "When the timer fires, the basket is abandoned.",
            really = "Later events do not move a registered timer. Each event has registered one, and the "
                    + "first fires even if an item came later. Delete the old timer, or check in "
                    + "handleExpiredTimer whether there was a later event.",
            concept = "Timers")
    public static class TreatsEveryTimerAsTheEnd extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withProcessor(events, new EveryTimer());
        }

        private static final class EveryTimer extends Baskets {
            @Override
            public scala.collection.Iterator<Row> handleExpiredTimer(
                    Long basket, TimerValues now, ExpiredTimerInfo timer) {
                List<Row> all = inOrder();
                events.clear();
                return rows(all.isEmpty() || isCheckedOut(all) ? List.of() : List.of(abandoned(basket, all)));
            }
        }
    }

    @Misconception(
            believed = "The last event is the one that arrived last: at each event, delete the old timer and "
                    + "register a new one.",
            really = "A late event then moves the timer back to its own thirty minutes. The last event of "
                    + "a basket is the one with the latest time.",
            concept = "Late rows")
    public static class UsesTheOrderOfArrival extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withProcessor(events, new ByArrival());
        }

        private static final class ByArrival extends Baskets {
            @Override
            List<Row> inOrder() {
                List<Row> all = new ArrayList<>();
                CollectionConverters.asJava(events.get()).forEachRemaining(all::add);
                return all;
            }

            @Override
            public scala.collection.Iterator<Row> handleExpiredTimer(
                    Long basket, TimerValues now, ExpiredTimerInfo timer) {
                List<Row> all = inOrder();
                if (all.isEmpty() || millis(all.get(all.size() - 1)) + TIMEOUT != timer.getExpiryTimeInMs()) {
                    return rows(List.of());
                }
                events.clear();
                return rows(isCheckedOut(all) ? List.of() : List.of(abandoned(basket, all)));
            }
        }
    }

    @Misconception(
            believed = "collect_list keeps the order of the times: the session window has sorted the rows.",
            really = "It keeps the order of arrival, and from earlier batches it has only the list. A late "
                    + "event is at the end. If order matters, collect the time as well, and sort.",
            concept = "Late rows")
    public static class ReliesOnTheOrderOfCollectList extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return bySession(events.withWatermark("time", "10 minutes"), "30 minutes", "collect_list(item)");
        }
    }

    @Misconception(
            believed = "Checkouts are not items, so I filter them out first.",
            really = "Then nothing shows which baskets were checked out. A row without a value for the "
                    + "result can still decide it.",
            concept = "Sessions")
    public static class FiltersOutCheckouts extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return super.abandoned(events.where("item IS NOT NULL"));
        }
    }

    @Misconception(
            believed = "Once a basket is checked out, I can clear its state.",
            really = "An older event may still arrive. It finds no state and starts a new basket, and half "
                    + "an hour later a customer who has paid is asked to come back.",
            concept = "Late rows")
    public static class ClearsTheStateAtTheCheckout extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withProcessor(events, new AtTheCheckout());
        }

        private static final class AtTheCheckout extends Baskets {
            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Long basket, scala.collection.Iterator<Row> rows, TimerValues now) {
                super.handleInputRows(basket, rows, now);
                List<Row> all = inOrder();
                for (int i = all.size(); i > 0; i--) {
                    if (isCheckedOut(all.subList(0, i))) {
                        keep(all.subList(i, all.size()));
                        break;
                    }
                }
                return rows(List.of());
            }

            @Override
            public scala.collection.Iterator<Row> handleExpiredTimer(
                    Long basket, TimerValues now, ExpiredTimerInfo timer) {
                return inOrder().stream().anyMatch(event -> millis(event) <= timer.getExpiryTimeInMs() - TIMEOUT)
                        ? super.handleExpiredTimer(basket, now, timer)
                        : rows(List.of());
            }
        }
    }

    @Misconception(
            believed = "Between two events that are hours apart the timer fires, and clears the state.",
            really = "Timers fire after all rows of a batch. If one batch contains a whole day, the "
                    + "morning's basket is still in the state when the afternoon's checkout arrives, and "
                    + "counts as checked out.",
            concept = "Timers")
    public static class ExpectsTimersBetweenRows extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withProcessor(events, new BetweenRows());
        }

        private static final class BetweenRows extends Baskets {
            @Override
            public scala.collection.Iterator<Row> handleExpiredTimer(
                    Long basket, TimerValues now, ExpiredTimerInfo timer) {
                List<Row> all = inOrder();
                if (all.isEmpty() || millis(all.get(all.size() - 1)) + TIMEOUT != timer.getExpiryTimeInMs()) {
                    return rows(List.of());
                }
                events.clear();
                return rows(isCheckedOut(all) ? List.of() : List.of(abandoned(basket, all)));
            }
        }
    }

    @Misconception(
            believed = "A basket that I have handled needs no more attention.",
            really = "Handling a basket does not remove it. State stays until the processor removes it: "
                    + "every basket that was ever checked out would keep its rows forever.",
            concept = "Bounded state")
    public static class ClearsOnlyAbandonedBaskets extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withProcessor(events, new OnlyAbandoned());
        }

        private static final class OnlyAbandoned extends Baskets {
            @Override
            void keep(List<Row> rest) {
                if (!isCheckedOut(inOrder())) {
                    super.keep(rest);
                }
            }
        }
    }

    @Misconception(
            believed =
                    "The row is due after forty minutes, so gap and delay must add up to forty: 35 and five will do.",
            really = "The moment of output is then right, and the baskets are wrong. The gap decides which events are "
                    + "one basket, the delay how late an event may arrive. Two baskets with half an hour and a bit "
                    + "between them become one.",
            concept = "Sessions")
    public static class TradesTheDelayForTheGap extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return bySession(events.withWatermark("time", "5 minutes"), "35 minutes", ALL_IN_ORDER);
        }
    }

    @Misconception(
            believed = "A basket is a set of items.",
            really = "collect_set keeps each item once, and in no order. Two teas are two items.",
            concept = "Deduplication")
    public static class CollectsASet extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return bySession(
                    events.withWatermark("time", "10 minutes"), "30 minutes", "array_distinct(" + ALL_IN_ORDER + ")");
        }
    }

    private static Dataset<Row> bySession(Dataset<Row> events, String gap, String items) {
        return events.groupBy(session_window(col("time"), gap), col("basket"))
                .agg(
                        expr(items).as("items"),
                        count("item").as("known"),
                        count(lit(1)).as("events"),
                        max("time").as("since"))
                .where("known = events")
                .selectExpr("basket", "array_join(items, ',') AS items", "since");
    }

    private static Dataset<Row> withProcessor(Dataset<Row> events, StatefulProcessor<Long, Row, Row> processor) {
        return AbandonedBaskets.abandoned(events.withWatermark("time", "10 minutes"), processor, TimeMode.EventTime());
    }
}
