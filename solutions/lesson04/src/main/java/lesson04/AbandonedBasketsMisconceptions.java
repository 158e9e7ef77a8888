package lesson04;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
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

/** Wrong answers to {@link AbandonedBaskets} that people really give. */
public final class AbandonedBasketsMisconceptions {

    private AbandonedBasketsMisconceptions() {}

    @Misconception(
            believed = "Thirty minutes are thirty minutes: a timer in processing time rings when they are over.",
            really =
                    "It rings half an hour after the query saw the event, whenever that was. Events that are read again"
                            + " are all seen at once, and after a standstill every open basket is given half an hour more.",
            concept = "Timers")
    public static class SetsTimersByTheClock extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return abandoned(events.withWatermark("time", "10 minutes"), new ByTheClock(), TimeMode.ProcessingTime());
        }

        private static final class ByTheClock extends Watch {
            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Long basket, scala.collection.Iterator<Row> rows, TimerValues now) {
                rows.foreach(event -> {
                    events.appendValue(event);
                    return null;
                });
                getHandle().registerTimer(now.getCurrentProcessingTimeInMs() + PATIENCE);
                return rows(List.of());
            }
        }
    }

    @Misconception(
            believed = "TimeMode.EventTime() is all that is needed; the column is called time.",
            really = "Spark does not guess which column is the event time, nor how far it may be out of order. Both are"
                    + " said by withWatermark. Without it the query runs, no exception tells, and no timer ever rings.",
            concept = "Watermarks")
    public static class SetsNoWatermark extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return abandoned(events, new Watch(), TimeMode.EventTime());
        }
    }

    @Misconception(
            believed = "When the timer rings, the basket has been left.",
            really =
                    "A timer is not put off by what comes after it was set. Each event has set one, and the first rings"
                            + " although an item came later: either it is deleted then, or it has to look whether the basket"
                            + " has been touched since.",
            concept = "Timers")
    public static class BelievesEveryTimer extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withWatch(events, new Trusting());
        }

        private static final class Trusting extends Watch {
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
            believed = "The last event is the one that came last: whenever one comes, the old timer is deleted and a"
                    + " new one set.",
            really =
                    "An event that comes late sets the timer back to its own thirty minutes. The last event of a basket"
                            + " is the one with the latest time.",
            concept = "Late rows")
    public static class TakesTheLastToComeForTheLast extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withWatch(events, new AsTheyCome());
        }

        private static final class AsTheyCome extends Watch {
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
                if (all.isEmpty() || millis(all.get(all.size() - 1)) + PATIENCE != timer.getExpiryTimeInMs()) {
                    return rows(List.of());
                }
                events.clear();
                return rows(isCheckedOut(all) ? List.of() : List.of(abandoned(basket, all)));
            }
        }
    }

    @Misconception(
            believed = "collect_list keeps the order of the times: the session window has sorted the rows.",
            really =
                    "It keeps the order in which rows reach it, and of what batches before have brought it only knows the"
                            + " list. What comes late stands at the end. Where order matters, collect the time as well, and sort.",
            concept = "Late rows")
    public static class TrustsCollectList extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return bySession(events.withWatermark("time", "10 minutes"));
        }
    }

    @Misconception(
            believed = "Checkouts are no items, so they are filtered out first.",
            really =
                    "Then nobody knows any more who has paid. What a row does not contribute to the result, it may still"
                            + " decide.",
            concept = "Sessions")
    public static class FiltersTheCheckouts extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return super.abandoned(events.where("item IS NOT NULL"));
        }
    }

    @Misconception(
            believed = "Once a basket is paid, its state can go.",
            really = "An event of the time before may still be on its way. It finds nothing, takes itself for the first"
                    + " of a new basket, and half an hour later a customer who has paid is asked to come back.",
            concept = "Late rows")
    public static class ForgetsAtTheCheckout extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withWatch(events, new Hasty());
        }

        private static final class Hasty extends Watch {
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
                return inOrder().stream().anyMatch(event -> millis(event) <= timer.getExpiryTimeInMs() - PATIENCE)
                        ? super.handleExpiredTimer(basket, now, timer)
                        : rows(List.of());
            }
        }
    }

    @Misconception(
            believed = "Between two events that are hours apart the timer rings, and clears up.",
            really = "Timers ring after all rows of a batch have been handled. When a whole day is read at once, the"
                    + " morning's basket meets the afternoon's in the state, and has been paid with it.",
            concept = "Timers")
    public static class ExpectsTimersBetweenRows extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withWatch(events, new Waiting());
        }

        private static final class Waiting extends Watch {
            @Override
            public scala.collection.Iterator<Row> handleExpiredTimer(
                    Long basket, TimerValues now, ExpiredTimerInfo timer) {
                List<Row> all = inOrder();
                if (all.isEmpty() || millis(all.get(all.size() - 1)) + PATIENCE != timer.getExpiryTimeInMs()) {
                    return rows(List.of());
                }
                events.clear();
                return rows(isCheckedOut(all) ? List.of() : List.of(abandoned(basket, all)));
            }
        }
    }

    @Misconception(
            believed = "A row that has been put out is done with.",
            really = "Putting out and forgetting are two things. What a processor keeps stays until it is removed: of"
                    + " every basket that was ever paid, there would be some rows for ever.",
            concept = "Bounded state")
    public static class ForgetsOnlyTheAbandoned extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return withWatch(events, new Hoarding());
        }

        private static final class Hoarding extends Watch {
            @Override
            void keep(List<Row> rest) {
                if (!isCheckedOut(inOrder())) {
                    super.keep(rest);
                }
            }
        }
    }

    private static Dataset<Row> bySession(Dataset<Row> events) {
        return events.groupBy(session_window(col("time"), "30 minutes"), col("basket"))
                .agg(
                        collect_list("item").as("items"),
                        count(lit(1)).as("events"),
                        max("time").as("since"))
                .where("size(items) = events")
                .selectExpr("basket", "array_join(items, ',') AS items", "since");
    }

    private static Dataset<Row> withWatch(Dataset<Row> events, StatefulProcessor<Long, Row, Row> watch) {
        return AbandonedBaskets.abandoned(events.withWatermark("time", "10 minutes"), watch, TimeMode.EventTime());
    }
}
