package lesson12;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.coders.BigDecimalCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class RevenueOnBeamAlternatives {

    /** The payments of a group are collected and then added up. The key may be null, and the trigger is named. */
    public static class CollectsPayments extends RevenueOnBeam {
        @Override
        public Duration bound() {
            return Duration.millis(1_800_000);
        }

        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return payments.apply(Window.<ReceivedPayment>into(FixedWindows.of(Duration.standardMinutes(60)))
                            .triggering(AfterWatermark.pastEndOfWindow())
                            .withAllowedLateness(Duration.ZERO)
                            .discardingFiredPanes())
                    .apply(WithKeys.of((ReceivedPayment payment) -> payment.terminal())
                            .withKeyType(TypeDescriptors.integers()))
                    .setCoder(KvCoder.of(NullableCoder.of(VarIntCoder.of()), payments.getCoder()))
                    .apply(GroupByKey.create())
                    .apply(ParDo.of(new AddsUp()));
        }

        private static final class AddsUp extends DoFn<KV<Integer, Iterable<ReceivedPayment>>, Revenue> {
            @ProcessElement
            public void process(@Element KV<Integer, Iterable<ReceivedPayment>> group, OutputReceiver<Revenue> out) {
                Instant hour = group.getValue().iterator().next().time().truncatedTo(ChronoUnit.HOURS);
                BigDecimal sum = StreamSupport.stream(group.getValue().spliterator(), false)
                        .map(ReceivedPayment::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                out.output(new Revenue(hour, group.getKey(), sum));
            }
        }
    }

    /** State and a timer for each terminal and hour. */
    public static class SetsTimers extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return payments.apply(Window.into(FixedWindows.of(Duration.standardHours(1))))
                    .apply(WithKeys.of((ReceivedPayment payment) -> "terminal " + payment.terminal())
                            .withKeyType(TypeDescriptors.strings()))
                    .setCoder(KvCoder.of(StringUtf8Coder.of(), payments.getCoder()))
                    .apply(ParDo.of(new Sums()));
        }

        private static final class Sums extends DoFn<KV<String, ReceivedPayment>, Revenue> {

            @StateId("sum")
            private final StateSpec<ValueState<BigDecimal>> sumSpec = StateSpecs.value(BigDecimalCoder.of());

            @StateId("terminal")
            private final StateSpec<ValueState<Integer>> terminalSpec =
                    StateSpecs.value(NullableCoder.of(VarIntCoder.of()));

            @TimerId("end")
            private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

            @ProcessElement
            public void process(
                    @Element KV<String, ReceivedPayment> payment,
                    IntervalWindow hour,
                    @StateId("sum") ValueState<BigDecimal> sum,
                    @StateId("terminal") ValueState<Integer> terminal,
                    @TimerId("end") Timer end) {
                BigDecimal before = sum.read();
                BigDecimal amount = payment.getValue().amount();
                sum.write(before == null ? amount : before.add(amount));
                terminal.write(payment.getValue().terminal());
                end.set(hour.maxTimestamp());
            }

            @OnTimer("end")
            public void emit(
                    IntervalWindow hour,
                    @StateId("sum") ValueState<BigDecimal> sum,
                    @StateId("terminal") ValueState<Integer> terminal,
                    OutputReceiver<Revenue> out) {
                Instant start = Instant.ofEpochMilli(hour.start().getMillis());
                out.output(new Revenue(start, terminal.read(), sum.read()));
            }
        }
    }

    public static class Learnt extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return super.revenue(payments.apply(
                    Filter.by(payment -> payment.id() == null || payment.id() >= 1 && payment.id() <= 99)));
        }
    }
}
