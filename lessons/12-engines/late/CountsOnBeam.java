package lesson12;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import workbook.kit.beam.PaymentCoders;
import workbook.kit.engines.ReceivedPayment;

/**
 * The pipeline of {@link OnBeam} on the direct runner. A marker follows the payments. The runner plays an event of a
 * {@link TestStream} when nothing else is left to do, so what comes after the marker is emitted by the end of the stream.
 */
final class CountsOnBeam implements HourlyCounts {

    private static final ReceivedPayment MARKER = HourlyCounts.payment(null, Instant.EPOCH);

    // The runner works with copies of the functions, so they share what is static.
    private static final List<Hour> EMITTED = new ArrayList<>();
    private static boolean isOver;

    /** The watermark belongs to the source. It is played here, so it would show only what the player thinks. */
    @Override
    public boolean hasPartitions() {
        return false;
    }

    @Override
    public List<Hour> emitted(List<List<ReceivedPayment>> partitions) {
        begin();
        TestStream<ReceivedPayment> source = OnBeam.source(partitions.get(0), Duration.millis(BOUND.toMillis()))
                .addElements(TimestampedValue.of(MARKER, new org.joda.time.Instant(0)))
                .advanceWatermarkToInfinity();
        Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
        PCollection<ReceivedPayment> payments =
                pipeline.apply(source).apply(ParDo.of(new TakeTheMarker())).setCoder(PaymentCoders.payments());
        OnBeam.counts(payments, OnBeam.hours(Duration.ZERO).discardingFiredPanes())
                .apply(ParDo.of(new Collect()));
        pipeline.run().waitUntilFinish();
        return rows();
    }

    private static synchronized void begin() {
        EMITTED.clear();
        isOver = false;
    }

    private static synchronized void end() {
        isOver = true;
    }

    private static synchronized void add(Hour hour) {
        if (!isOver) {
            EMITTED.add(hour);
        }
    }

    private static synchronized List<Hour> rows() {
        return List.copyOf(EMITTED);
    }

    static class TakeTheMarker extends DoFn<ReceivedPayment, ReceivedPayment> {
        @ProcessElement
        public void take(@Element ReceivedPayment payment, OutputReceiver<ReceivedPayment> payments) {
            if (payment.equals(MARKER)) {
                end();
            } else {
                payments.output(payment);
            }
        }
    }

    static class Collect extends DoFn<KV<String, Long>, Void> {
        @ProcessElement
        public void collect(@Element KV<String, Long> count, IntervalWindow hour) {
            add(new Hour(Instant.ofEpochMilli(hour.start().getMillis()), count.getValue()));
        }
    }
}
