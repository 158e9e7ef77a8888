package lesson04;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.ListState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Registers a timer for every event, in event time, thirty minutes after it. When the timer fires, the watermark has
 * passed that moment, so all earlier events have arrived. If none of them is within the thirty minutes, the basket has
 * ended, with all older events. Otherwise the timer of a later event will fire.
 *
 * <p>handleInputRows decides nothing, since a batch may contain half an hour or a whole day, in any order.
 */
public class AbandonedBaskets {

    public static final StructType EVENTS = StructType.fromDDL("basket BIGINT, time TIMESTAMP, item STRING");

    private static final StructType ABANDONED = StructType.fromDDL("basket BIGINT, items STRING, since TIMESTAMP");

    public Dataset<Row> abandoned(Dataset<Row> events) {
        return abandoned(events.withWatermark("time", "10 minutes"), new Baskets(), TimeMode.EventTime());
    }

    static Dataset<Row> abandoned(Dataset<Row> events, StatefulProcessor<Long, Row, Row> baskets, TimeMode time) {
        return events.groupByKey((MapFunction<Row, Long>) event -> event.getAs("basket"), Encoders.LONG())
                .transformWithState(baskets, time, OutputMode.Append(), Encoders.row(ABANDONED));
    }

    /** Keeps the events of each basket until it ends. */
    static class Baskets extends StatefulProcessor<Long, Row, Row> {

        static final long TIMEOUT = 30 * 60_000;

        transient ListState<Row> events;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            events = getHandle().getListState("events", Encoders.row(EVENTS), TTLConfig.NONE());
        }

        @Override
        public scala.collection.Iterator<Row> handleInputRows(
                Long basket, scala.collection.Iterator<Row> rows, TimerValues now) {
            rows.foreach(event -> {
                events.appendValue(event);
                getHandle().registerTimer(millis(event) + TIMEOUT);
                return null;
            });
            return rows(List.of());
        }

        @Override
        public scala.collection.Iterator<Row> handleExpiredTimer(Long basket, TimerValues now, ExpiredTimerInfo timer) {
            long end = timer.getExpiryTimeInMs();
            List<Row> all = inOrder();
            List<Row> ended = all.stream()
                    .filter(event -> millis(event) <= end - TIMEOUT)
                    .toList();
            boolean continues = all.size() > ended.size() && millis(all.get(ended.size())) < end;
            if (continues) {
                return rows(List.of());
            }
            keep(all.subList(ended.size(), all.size()));
            return rows(isCheckedOut(ended) ? List.of() : List.of(abandoned(basket, ended)));
        }

        List<Row> inOrder() {
            List<Row> all = new ArrayList<>();
            CollectionConverters.asJava(events.get()).forEachRemaining(all::add);
            all.sort(Comparator.comparing(Baskets::millis));
            return all;
        }

        void keep(List<Row> rest) {
            if (rest.isEmpty()) {
                events.clear();
            } else {
                events.put(rest.toArray(Row[]::new));
            }
        }

        static boolean isCheckedOut(List<Row> basket) {
            return basket.stream().anyMatch(event -> event.getAs("item") == null);
        }

        static Row abandoned(Long basket, List<Row> ended) {
            String items =
                    ended.stream().map(event -> event.<String>getAs("item")).collect(Collectors.joining(","));
            return RowFactory.create(basket, items, ended.get(ended.size() - 1).getAs("time"));
        }

        static long millis(Row event) {
            return event.<Instant>getAs("time").toEpochMilli();
        }

        static scala.collection.Iterator<Row> rows(List<Row> rows) {
            return CollectionConverters.asScala(rows.iterator());
        }
    }
}
