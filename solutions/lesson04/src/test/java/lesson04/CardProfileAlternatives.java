package lesson04;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import scala.jdk.javaapi.CollectionConverters;

/** Other right answers, and one that is right only for the fixed payments of the checkpoint. */
class CardProfileAlternatives {

    /** Keeps one value for each card, with three numbers for each hour, and one timer for its oldest hour. */
    public static class InOneValue extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return profiles(payments.withWatermark("time", "24 hours"), new Packed(), TimeMode.EventTime());
        }

        private static final class Packed extends Hours {
            private transient ValueState<long[]> packed;
            private NavigableMap<Long, Paid> changed;
            private Long oldest;

            @Override
            public void init(OutputMode mode, TimeMode time) {
                packed = getHandle().getValueState("packed", Encoders.kryo(long[].class), TTLConfig.NONE());
            }

            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Integer customer, scala.collection.Iterator<Row> rows, TimerValues now) {
                scala.collection.Iterator<Row> profiles = super.handleInputRows(customer, rows, now);
                pack();
                return profiles;
            }

            @Override
            public scala.collection.Iterator<Row> handleExpiredTimer(
                    Integer customer, TimerValues now, ExpiredTimerInfo timer) {
                known().headMap(now.getCurrentWatermarkInMs() / 3_600_000 - 720, true)
                        .clear();
                pack();
                return CollectionConverters.asScala(List.<Row>of().iterator());
            }

            @Override
            NavigableMap<Long, Paid> known() {
                changed = new TreeMap<>();
                long[] numbers = packed.exists() ? packed.get() : new long[0];
                for (int i = 0; i < numbers.length; i += 3) {
                    changed.put(numbers[i], new Paid(numbers[i + 1], numbers[i + 2]));
                }
                oldest = changed.isEmpty() ? null : changed.firstKey();
                return changed;
            }

            @Override
            void keep(long hour, Paid paid) {
                // pack() writes all hours at once
            }

            private void pack() {
                if (changed.isEmpty()) {
                    packed.clear();
                    return;
                }
                packed.update(changed.entrySet().stream()
                        .flatMapToLong(of -> Arrays.stream(new long[] {
                            of.getKey(), of.getValue().count(), of.getValue().cents()
                        }))
                        .toArray());
                if (!changed.firstKey().equals(oldest)) {
                    getHandle().registerTimer((changed.firstKey() + 720) * 3_600_000);
                }
            }
        }
    }

    /** Uses the older operator, with one state object and one timeout for each card. */
    public static class WithGroupState extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return payments.withWatermark("time", "1440 minutes")
                    .groupByKey((MapFunction<Row, Integer>) payment -> payment.getInt(2), Encoders.INT())
                    .flatMapGroupsWithState(
                            (FlatMapGroupsWithStateFunction<Integer, Row, TreeMap, Row>) WithGroupState::next,
                            OutputMode.Append(),
                            Encoders.kryo(TreeMap.class),
                            Encoders.row(PROFILE),
                            GroupStateTimeout.EventTimeTimeout());
        }

        @SuppressWarnings("unchecked")
        private static Iterator<Row> next(Integer customer, Iterator<Row> rows, GroupState<TreeMap> state) {
            TreeMap<Instant, BigDecimal[]> hours = state.exists() ? state.get() : new TreeMap<>();
            List<Row> profiles = new ArrayList<>();
            List<Row> payments = new ArrayList<>();
            rows.forEachRemaining(payments::add);
            payments.sort(
                    Comparator.<Row, Instant>comparing(row -> row.getInstant(1)).thenComparing(row -> row.getLong(0)));
            for (Row payment : payments) {
                Instant hour = payment.getInstant(1).truncatedTo(ChronoUnit.HOURS);
                hours.merge(hour, new BigDecimal[] {payment.getDecimal(4), BigDecimal.ONE}, WithGroupState::plus);
                profiles.add(profile(payment, hour, hours));
            }
            hours.headMap(
                            Instant.ofEpochMilli(state.getCurrentWatermarkMs())
                                    .minus(30, ChronoUnit.DAYS)
                                    .truncatedTo(ChronoUnit.HOURS),
                            true)
                    .clear();
            if (hours.isEmpty()) {
                state.remove();
            } else {
                state.update(hours);
                state.setTimeoutTimestamp(Math.max(
                        state.getCurrentWatermarkMs() + 1,
                        hours.firstKey().plus(30, ChronoUnit.DAYS).toEpochMilli()));
            }
            return profiles.iterator();
        }

        private static Row profile(Row payment, Instant hour, NavigableMap<Instant, BigDecimal[]> hours) {
            List<Object> values = new ArrayList<>(List.of(payment.getLong(0), payment.getInt(2)));
            for (int days : List.of(1, 7, 30)) {
                Map<Instant, BigDecimal[]> window = hours.subMap(hour.minus(days, ChronoUnit.DAYS), false, hour, true);
                BigDecimal[] sum =
                        window.values().stream().reduce(WithGroupState::plus).orElseThrow();
                values.add(sum[1].longValue());
                values.add(sum[0].divide(sum[1], 2, RoundingMode.HALF_UP));
            }
            return RowFactory.create(values.toArray());
        }

        private static BigDecimal[] plus(BigDecimal[] some, BigDecimal[] others) {
            return new BigDecimal[] {some[0].add(others[0]), some[1].add(others[1])};
        }
    }

    public static class Learnt extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return super.profiles(payments.where("id < 102"));
        }
    }
}
