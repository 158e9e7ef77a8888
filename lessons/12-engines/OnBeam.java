///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/beam/src/main/java/workbook/kit/beam/*.java
package lesson12;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.*;
import org.apache.beam.sdk.transforms.windowing.*;
import org.apache.beam.sdk.values.*;
import org.joda.time.Duration;
import org.joda.time.Instant;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.beam.PaymentCoders;
import workbook.kit.engines.*;

/** How many payments does each hour have? Once, or again for each payment that comes late. */
@Command(description = "Payments per hour on Beam's direct runner.", mixinStandardHelpOptions = true)
public class OnBeam implements Callable<Integer> {

    @Option(
            names = "--bound",
            defaultValue = "30",
            description = "minutes that payments may lag (default: ${DEFAULT-VALUE})")
    int bound;

    @Option(names = "--lateness", defaultValue = "0", description = "minutes for which an emitted hour is kept")
    int lateness;

    /** Counts the payments of each hour of event time. */
    public static PCollection<KV<String, Long>> counts(
            PCollection<ReceivedPayment> payments, Window<ReceivedPayment> hours) {
        return payments.apply(hours).apply(WithKeys.of("all")).apply(Count.perKey());
    }

    static Window<ReceivedPayment> hours(Duration lateness) {
        return Window.<ReceivedPayment>into(FixedWindows.of(Duration.standardHours(1)))
                .withAllowedLateness(lateness);
    }

    /** The payments, each followed by the watermark. A source has both; here they are played in this order. */
    public static TestStream.Builder<ReceivedPayment> source(List<ReceivedPayment> payments, Duration bound) {
        TestStream.Builder<ReceivedPayment> source = TestStream.create(PaymentCoders.payments());
        Instant watermark = BoundedWindow.TIMESTAMP_MIN_VALUE;
        for (ReceivedPayment payment : payments) {
            Instant time = new Instant(payment.time().toEpochMilli());
            source = source.addElements(TimestampedValue.of(payment, time));
            if (time.minus(bound).isAfter(watermark)) {
                watermark = time.minus(bound);
                source = source.advanceWatermarkTo(watermark);
            }
        }
        return source;
    }

    static class Print extends DoFn<KV<String, Long>, Void> {
        @ProcessElement
        public void print(@Element KV<String, Long> count, IntervalWindow hour, PaneInfo pane) {
            new TextTable("%-26s  %-8s  %s").row(hour.start(), count.getValue(), pane.getTiming());
        }
    }

    @Override
    public Integer call() {
        Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
        new TextTable("%-26s  %-8s  %s").row("hour", "payments", "pane");
        TestStream<ReceivedPayment> source = source(DemoPayments.inOrderOfArrival(), Duration.standardMinutes(bound))
                .advanceWatermarkToInfinity();
        counts(pipeline.apply(source), hours(Duration.standardMinutes(lateness)).discardingFiredPanes())
                .apply(ParDo.of(new Print()));
        pipeline.run().waitUntilFinish();
        return 0;
    }

    public static void main(String... args) {
        Program.run(new OnBeam(), args);
    }
}
