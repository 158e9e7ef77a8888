package lesson04;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.session_window;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import scala.jdk.javaapi.CollectionConverters;

/** Other right answers, and one that is right only for the fixed events of the checkpoint. */
class AbandonedBasketsAlternatives {

    /** Each basket is a session window. */
    public static class WithSessionWindows extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return events.withWatermark("time", "10 minutes")
                    .groupBy(session_window(col("time"), "30 minutes"), col("basket"))
                    .agg(
                            expr("array_sort(collect_list(struct(time, item)))").as("all"),
                            count("item").as("items"),
                            count(lit(1)).as("events"),
                            max("time").as("since"))
                    .where("items = events")
                    .selectExpr("basket", "array_join(transform(all, event -> event.item), ',') AS items", "since");
        }
    }

    /** Keeps the events in a map by time, with one timer: when it fires, it registers the next. */
    public static class WithAMap extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return abandoned(events.withWatermark("time", "600 seconds"), new ByTime(), TimeMode.EventTime());
        }

        private static final class ByTime extends Baskets {
            /** A map has no null, and an empty text is an item. */
            private static final String CHECKOUT = "\0";

            private transient MapState<Instant, String> items;

            @Override
            public void init(OutputMode mode, TimeMode time) {
                items = getHandle().getMapState("items", Encoders.INSTANT(), Encoders.STRING(), TTLConfig.NONE());
            }

            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Long basket, scala.collection.Iterator<Row> rows, TimerValues now) {
                CollectionConverters.asJava(rows)
                        .forEachRemaining(event -> items.updateValue(
                                event.getAs("time"), event.isNullAt(2) ? CHECKOUT : event.getString(2)));
                CollectionConverters.asJava(getHandle().listTimers())
                        .forEachRemaining(timer -> getHandle().deleteTimer((Long) timer));
                getHandle().registerTimer(inTime().firstKey().toEpochMilli() + TIMEOUT);
                return rows(List.of());
            }

            @Override
            public scala.collection.Iterator<Row> handleExpiredTimer(
                    Long basket, TimerValues now, ExpiredTimerInfo timer) {
                NavigableMap<Instant, String> all = inTime();
                List<Row> left = new ArrayList<>();
                List<String> basketItems = new ArrayList<>();
                List<Instant> times = new ArrayList<>();
                for (Instant time : all.keySet()) {
                    basketItems.add(all.get(time));
                    times.add(time);
                    Instant next = all.higherKey(time);
                    if (next == null || next.toEpochMilli() >= time.toEpochMilli() + TIMEOUT) {
                        if (time.toEpochMilli() + TIMEOUT >= now.getCurrentWatermarkInMs()) {
                            getHandle().registerTimer(time.toEpochMilli() + TIMEOUT);
                            break;
                        }
                        if (!basketItems.contains(CHECKOUT)) {
                            left.add(RowFactory.create(basket, String.join(",", basketItems), time));
                        }
                        times.forEach(items::removeKey);
                        times.clear();
                        basketItems.clear();
                    }
                }
                return rows(left);
            }

            private NavigableMap<Instant, String> inTime() {
                NavigableMap<Instant, String> inTime = new TreeMap<>();
                CollectionConverters.asJava(items.iterator())
                        .forEachRemaining(item -> inTime.put(item._1(), item._2()));
                return inTime;
            }
        }
    }

    public static class Learnt extends AbandonedBaskets {
        @Override
        public Dataset<Row> abandoned(Dataset<Row> events) {
            return super.abandoned(events.where("basket < 100"));
        }
    }
}
