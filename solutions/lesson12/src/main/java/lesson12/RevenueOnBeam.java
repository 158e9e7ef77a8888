package lesson12;

import java.math.BigDecimal;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/**
 * The source's watermark waits thirty minutes. The default trigger emits a window once, when the watermark has passed its
 * end; no lateness is allowed, so nothing is added after that. The key is text: a coder of numbers does not write null.
 */
public class RevenueOnBeam {

    public Duration bound() {
        return Duration.standardMinutes(30);
    }

    public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
        return payments.apply(Window.into(FixedWindows.of(Duration.standardHours(1))))
                .apply(MapElements.into(
                                TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptor.of(BigDecimal.class)))
                        .via(payment -> KV.of(String.valueOf(payment.terminal()), payment.amount())))
                .apply(Combine.perKey(RevenueOnBeam::sum))
                .apply(ParDo.of(new ToRevenue()));
    }

    static BigDecimal sum(Iterable<BigDecimal> amounts) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal amount : amounts) {
            sum = sum.add(amount);
        }
        return sum;
    }

    static class ToRevenue extends DoFn<KV<String, BigDecimal>, Revenue> {
        @ProcessElement
        public void process(@Element KV<String, BigDecimal> sum, IntervalWindow hour, OutputReceiver<Revenue> out) {
            Integer terminal = sum.getKey().equals("null") ? null : Integer.valueOf(sum.getKey());
            out.output(new Revenue(java.time.Instant.ofEpochMilli(hour.start().getMillis()), terminal, sum.getValue()));
        }
    }
}
