package lesson04;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Keeps a map for each card, from the hour to the number of payments and their sum in cents. Both can be added to when
 * a payment arrives, and every window is a sum of hours. Means cannot be added, so they are computed last.
 *
 * <p>The watermark shows which payments can still arrive, and so which hours can still count. Each hour has a timer for
 * the moment when the last payment that it could count for becomes too late. Spark fires timers after the rows of a
 * batch and drops late rows by the watermark of the previous batch: an accepted payment always finds its hours.
 */
public class CardProfile {

    public static final StructType PROFILE = StructType.fromDDL("id BIGINT, customer INT,"
            + " count_1d BIGINT, mean_1d DECIMAL(10,2), count_7d BIGINT, mean_7d DECIMAL(10,2),"
            + " count_30d BIGINT, mean_30d DECIMAL(10,2)");

    private static final int[] DAYS = {1, 7, 30};
    private static final int HOURS_THAT_COUNT = 30 * 24;
    private static final long HOUR = 3_600_000;

    public Dataset<Row> profiles(Dataset<Row> payments) {
        return profiles(payments.withWatermark("time", "1 day"), new Hours(), TimeMode.EventTime());
    }

    static Dataset<Row> profiles(Dataset<Row> payments, StatefulProcessor<Integer, Row, Row> hours, TimeMode time) {
        return payments.groupByKey((MapFunction<Row, Integer>) payment -> payment.getAs("customer"), Encoders.INT())
                .transformWithState(hours, time, OutputMode.Append(), Encoders.row(PROFILE));
    }

    /** The number and the exact sum of payments, of an hour or a window. */
    record Paid(long count, long cents) {

        static final Paid NOTHING = new Paid(0, 0);

        static Paid by(Row payment) {
            return new Paid(
                    1, payment.<BigDecimal>getAs("amount").movePointRight(2).longValueExact());
        }

        Paid plus(Paid other) {
            return new Paid(count + other.count, cents + other.cents);
        }

        BigDecimal mean() {
            return BigDecimal.valueOf(cents, 2).divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP);
        }
    }

    /** Keeps the hours of each card. */
    public static class Hours extends StatefulProcessor<Integer, Row, Row> {

        transient MapState<Long, Tuple2<Long, Long>> hours;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            hours = getHandle()
                    .getMapState(
                            "hours",
                            Encoders.LONG(),
                            Encoders.tuple(Encoders.LONG(), Encoders.LONG()),
                            TTLConfig.NONE());
        }

        @Override
        public scala.collection.Iterator<Row> handleInputRows(
                Integer customer, scala.collection.Iterator<Row> rows, TimerValues now) {
            NavigableMap<Long, Paid> known = known();
            List<Row> profiles = new ArrayList<>();
            for (Row payment : inOrder(rows)) {
                long hour = hour(payment, known);
                known.merge(hour, Paid.by(payment), Paid::plus);
                keep(hour, known.get(hour));
                profiles.add(profile(payment, hour, known));
            }
            return CollectionConverters.asScala(profiles.iterator());
        }

        @Override
        public scala.collection.Iterator<Row> handleExpiredTimer(
                Integer customer, TimerValues now, ExpiredTimerInfo timer) {
            hours.removeKey(timer.getExpiryTimeInMs() / HOUR - HOURS_THAT_COUNT);
            return CollectionConverters.asScala(List.<Row>of().iterator());
        }

        /** Writes an hour; a new hour gets a timer for when it counts for no payment that can still arrive. */
        void keep(long hour, Paid paid) {
            if (paid.count() == 1) {
                getHandle().registerTimer((hour + HOURS_THAT_COUNT) * HOUR);
            }
            hours.updateValue(hour, new Tuple2<>(paid.count(), paid.cents()));
        }

        long hour(Row payment, NavigableMap<Long, Paid> known) {
            return Math.floorDiv(payment.<Instant>getAs("time").toEpochMilli(), HOUR);
        }

        Row profile(Row payment, long hour, NavigableMap<Long, Paid> known) {
            List<Object> profile = new ArrayList<>(List.of(payment.getAs("id"), payment.getAs("customer")));
            for (int days : DAYS) {
                Paid paid = paid(hour, days, known);
                profile.add(paid.count());
                profile.add(paid.mean());
            }
            return RowFactory.create(profile.toArray());
        }

        /** Returns the payments of a window that ends with this hour. */
        Paid paid(long hour, int days, NavigableMap<Long, Paid> known) {
            return sum(known.subMap(hour - 24L * days, false, hour, true));
        }

        static Paid sum(Map<Long, Paid> hours) {
            return hours.values().stream().reduce(Paid.NOTHING, Paid::plus);
        }

        /** Reads the whole map, once for all payments of a card in a batch. */
        NavigableMap<Long, Paid> known() {
            NavigableMap<Long, Paid> known = new TreeMap<>();
            CollectionConverters.asJava(hours.iterator())
                    .forEachRemaining(hour -> known.put(
                            hour._1(), new Paid(hour._2()._1(), hour._2()._2())));
            return known;
        }

        static List<Row> inOrder(scala.collection.Iterator<Row> rows) {
            List<Row> payments = new ArrayList<>();
            CollectionConverters.asJava(rows).forEachRemaining(payments::add);
            payments.sort(Comparator.<Row, Instant>comparing(payment -> payment.getAs("time"))
                    .thenComparing(payment -> payment.<Long>getAs("id")));
            return payments;
        }
    }
}
