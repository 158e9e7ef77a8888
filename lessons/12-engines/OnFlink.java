///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/flink/src/main/java/workbook/kit/flink/*.java
package lesson12;

import java.time.*;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.eventtime.*;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.engines.*;

/** How many payments does each hour have? Once, or again for each payment that comes late. */
@Command(description = "Payments per hour on Flink.", mixinStandardHelpOptions = true)
public class OnFlink implements Callable<Integer> {

    private static final int MOST = 100;

    @Option(
            names = "--bound",
            defaultValue = "30",
            description = "minutes that payments may lag (default: ${DEFAULT-VALUE})")
    int bound;

    @Option(names = "--lateness", defaultValue = "0", description = "minutes for which an emitted hour is kept")
    int lateness;

    /** Takes the time of each payment, and makes watermarks. */
    public static DataStream<ReceivedPayment> withWatermarks(
            DataStream<ReceivedPayment> payments, WatermarkStrategy<ReceivedPayment> watermarks) {
        return payments.assignTimestampsAndWatermarks(watermarks.withTimestampAssigner(
                (payment, before) -> payment.time().toEpochMilli()));
    }

    /** Counts the payments of each hour of event time. */
    public static DataStream<Tuple2<Instant, Long>> counts(DataStream<ReceivedPayment> payments, Duration lateness) {
        return payments.map(payment -> Tuple2.of(payment.time(), 1L))
                .returns(Types.TUPLE(Types.INSTANT, Types.LONG))
                .keyBy(one -> "all")
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .allowedLateness(lateness)
                .reduce((some, other) -> Tuple2.of(some.f0, some.f1 + other.f1));
    }

    /** Each payment is followed by its own watermark. */
    static WatermarkStrategy<ReceivedPayment> afterEachPayment(Duration bound) {
        return WatermarkStrategy.forGenerator(context -> new AfterEachPayment(bound.toMillis()));
    }

    /** Flink's own generators emit a watermark every 200 ms: the nine payments would be over before the first one. */
    record AfterEachPayment(long bound) implements WatermarkGenerator<ReceivedPayment> {
        @Override
        public void onEvent(ReceivedPayment payment, long time, WatermarkOutput output) {
            output.emitWatermark(new Watermark(time - bound - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // each payment has emitted its own
        }
    }

    @Override
    public Integer call() throws Exception {
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1);
        DataStream<ReceivedPayment> payments = flink.fromData(DemoPayments.inOrderOfArrival());
        TextTable table = new TextTable("%-20s  %s").row("hour", "payments");
        counts(withWatermarks(payments, afterEachPayment(Duration.ofMinutes(bound))), Duration.ofMinutes(lateness))
                .executeAndCollect(MOST)
                .forEach(count -> table.row(count.f0.truncatedTo(ChronoUnit.HOURS), count.f1));
        return 0;
    }

    public static void main(String... args) {
        Program.run(new OnFlink(), args);
    }
}
