package lesson00;

import static org.apache.spark.sql.Encoders.INT;
import static org.apache.spark.sql.Encoders.STRING;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsWithStateFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.ListState;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import scala.collection.Iterator;

/** Typical mistakes with state of one's own, on the stream of {@link BrokenQueries}. */
public class BrokenState {

    private final Object library = new Object();

    // GroupState

    public Dataset<?> readBeforeUpdate(Dataset<Row> payments) {
        return flatMap(payments, GroupStateTimeout.NoTimeout(), state -> state.update(state.get() + 1));
    }

    public Dataset<?> nullAsState(Dataset<Row> payments) {
        return flatMap(payments, GroupStateTimeout.NoTimeout(), state -> state.update(null));
    }

    public Dataset<?> timeoutWithoutTimeout(Dataset<Row> payments) {
        return flatMap(payments, GroupStateTimeout.NoTimeout(), state -> {
            state.update(1);
            state.setTimeoutDuration("10 minutes");
        });
    }

    public Dataset<?> durationInEventTime(Dataset<Row> payments) {
        return flatMap(marked(payments), GroupStateTimeout.EventTimeTimeout(), state -> {
            state.update(1);
            state.setTimeoutDuration("10 minutes");
        });
    }

    public Dataset<?> timestampInProcessingTime(Dataset<Row> payments) {
        return flatMap(payments, GroupStateTimeout.ProcessingTimeTimeout(), state -> {
            state.update(1);
            state.setTimeoutTimestamp(1);
        });
    }

    public Dataset<?> timeoutInThePast(Dataset<Row> payments) {
        return flatMap(marked(payments), GroupStateTimeout.EventTimeTimeout(), state -> {
            state.update(1);
            state.setTimeoutTimestamp(-5);
        });
    }

    public Dataset<?> watermarkWithoutOne(Dataset<Row> payments) {
        return flatMap(
                payments, GroupStateTimeout.NoTimeout(), state -> state.update((int) state.getCurrentWatermarkMs()));
    }

    public Dataset<?> eventTimeoutWithoutWatermark(Dataset<Row> payments) {
        return flatMap(payments, GroupStateTimeout.EventTimeTimeout(), state -> state.update(1));
    }

    public Dataset<?> appendMapGroups(Dataset<Row> payments) {
        MapGroupsWithStateFunction<String, Row, Integer, String> first = (card, rows, state) -> card;
        return byCard(payments).mapGroupsWithState(first, INT(), STRING(), GroupStateTimeout.NoTimeout());
    }

    public Dataset<?> updateFlatMap(Dataset<Row> payments) {
        FlatMapGroupsWithStateFunction<String, Row, Integer, String> nothing =
                (card, rows, state) -> Collections.emptyIterator();
        return byCard(payments)
                .flatMapGroupsWithState(nothing, OutputMode.Append(), INT(), STRING(), GroupStateTimeout.NoTimeout());
    }

    public Dataset<?> appendFlatMap(Dataset<Row> payments) {
        FlatMapGroupsWithStateFunction<String, Row, Integer, String> nothing =
                (card, rows, state) -> Collections.emptyIterator();
        return byCard(payments)
                .flatMapGroupsWithState(nothing, OutputMode.Update(), INT(), STRING(), GroupStateTimeout.NoTimeout());
    }

    public Dataset<?> flatMapReturnsNull(Dataset<Row> payments) {
        FlatMapGroupsWithStateFunction<String, Row, Integer, String> nothing = (card, rows, state) -> null;
        return byCard(payments)
                .flatMapGroupsWithState(nothing, OutputMode.Append(), INT(), STRING(), GroupStateTimeout.NoTimeout());
    }

    // StatefulProcessor

    public Dataset<?> timerWithoutTimeMode(Dataset<Row> payments) {
        return transform(payments, TimeMode.None(), new Timers());
    }

    public Dataset<?> ttlInEventTime(Dataset<Row> payments) {
        return transform(marked(payments), TimeMode.EventTime(), new Ttl());
    }

    public Dataset<?> ttlWithoutTimeMode(Dataset<Row> payments) {
        return transform(payments, TimeMode.None(), new Ttl());
    }

    public Dataset<?> stateOutsideInit(Dataset<Row> payments) {
        return transform(payments, TimeMode.None(), new LateState());
    }

    public Dataset<?> timerInInit(Dataset<Row> payments) {
        return transform(marked(payments), TimeMode.EventTime(), new EarlyTimer());
    }

    public Dataset<?> sameNameTwice(Dataset<Row> payments) {
        return transform(payments, TimeMode.None(), new SameName());
    }

    public Dataset<?> stateInAField(Dataset<Row> payments) {
        return transform(payments, TimeMode.None(), new NoInit());
    }

    public Dataset<?> listOfNothing(Dataset<Row> payments) {
        return transform(payments, TimeMode.None(), new NullList());
    }

    public Dataset<?> mapKeyNull(Dataset<Row> payments) {
        return transform(payments, TimeMode.None(), new NullKey());
    }

    public Dataset<?> innerProcessor(Dataset<Row> payments) {
        return transform(payments, TimeMode.None(), new Inner());
    }

    public Dataset<?> processorInHdfs(Dataset<Row> payments) {
        payments.sparkSession()
                .conf()
                .set(
                        "spark.sql.streaming.stateStore.providerClass",
                        "org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider");
        return transform(payments, TimeMode.None(), new NullState());
    }

    public Dataset<?> nothingReturned(Dataset<Row> payments) {
        return transform(payments, TimeMode.None(), new ReturnsNull());
    }

    private static Dataset<Row> marked(Dataset<Row> payments) {
        return payments.withWatermark("time", "10 minutes");
    }

    private static KeyValueGroupedDataset<String, Row> byCard(Dataset<Row> payments) {
        return payments.groupByKey((MapFunction<Row, String>) row -> row.getString(0), STRING());
    }

    private interface Step extends java.io.Serializable {
        void on(GroupState<Integer> state);
    }

    private static Dataset<String> flatMap(Dataset<Row> payments, GroupStateTimeout timeout, Step step) {
        FlatMapGroupsWithStateFunction<String, Row, Integer, String> function = (card, rows, state) -> {
            step.on(state);
            return List.of(card).iterator();
        };
        return byCard(payments).flatMapGroupsWithState(function, OutputMode.Append(), INT(), STRING(), timeout);
    }

    private static Dataset<String> transform(
            Dataset<Row> payments, TimeMode time, StatefulProcessor<String, Row, String> processor) {
        return byCard(payments).transformWithState(processor, time, OutputMode.Append(), STRING());
    }

    private static class Plain extends StatefulProcessor<String, Row, String> {
        @Override
        public void init(OutputMode mode, TimeMode time) {}

        @Override
        public Iterator<String> handleInputRows(String card, Iterator<Row> rows, TimerValues now) {
            return Iterator.empty();
        }

        @Override
        public Iterator<String> handleExpiredTimer(String card, TimerValues now, ExpiredTimerInfo timer) {
            return Iterator.empty();
        }
    }

    private static class Timers extends Plain {
        @Override
        public Iterator<String> handleInputRows(String card, Iterator<Row> rows, TimerValues now) {
            getHandle().registerTimer(4_102_444_800_000L);
            return Iterator.empty();
        }
    }

    private static class Ttl extends Plain {
        @Override
        public void init(OutputMode mode, TimeMode time) {
            getHandle().getValueState("last", INT(), new TTLConfig(Duration.ofHours(1)));
        }
    }

    private static class LateState extends Plain {
        @Override
        public Iterator<String> handleInputRows(String card, Iterator<Row> rows, TimerValues now) {
            getHandle().getValueState("last", INT(), TTLConfig.NONE()).update(1);
            return Iterator.empty();
        }
    }

    private static class EarlyTimer extends Plain {
        @Override
        public void init(OutputMode mode, TimeMode time) {
            getHandle().registerTimer(4_102_444_800_000L);
        }
    }

    private static class SameName extends Plain {
        @Override
        public void init(OutputMode mode, TimeMode time) {
            getHandle().getValueState("last", INT(), TTLConfig.NONE());
            getHandle().getValueState("last", STRING(), TTLConfig.NONE());
        }
    }

    private static class NoInit extends Plain {
        private transient ValueState<Integer> last;

        @Override
        public Iterator<String> handleInputRows(String card, Iterator<Row> rows, TimerValues now) {
            last.update(1);
            return Iterator.empty();
        }
    }

    private static class NullState extends Plain {
        private transient ValueState<Integer> last;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            last = getHandle().getValueState("last", INT(), TTLConfig.NONE());
        }

        @Override
        public Iterator<String> handleInputRows(String card, Iterator<Row> rows, TimerValues now) {
            last.update(null);
            return Iterator.empty();
        }
    }

    private static class NullList extends Plain {
        private transient ListState<Integer> all;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            all = getHandle().getListState("all", INT(), TTLConfig.NONE());
        }

        @Override
        public Iterator<String> handleInputRows(String card, Iterator<Row> rows, TimerValues now) {
            all.put(new Integer[0]);
            return Iterator.empty();
        }
    }

    private static class NullKey extends Plain {
        private transient MapState<String, Integer> all;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            all = getHandle().getMapState("all", STRING(), INT(), TTLConfig.NONE());
        }

        @Override
        public Iterator<String> handleInputRows(String card, Iterator<Row> rows, TimerValues now) {
            all.updateValue(null, 1);
            return Iterator.empty();
        }
    }

    private static class ReturnsNull extends Plain {
        @Override
        public Iterator<String> handleInputRows(String card, Iterator<Row> rows, TimerValues now) {
            return null;
        }
    }

    private class Inner extends Plain {
        @Override
        public Iterator<String> handleInputRows(String card, Iterator<Row> rows, TimerValues now) {
            return Iterator.single(library.toString());
        }
    }
}
