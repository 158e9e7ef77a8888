package lesson12;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import workbook.check.diagnose.Misconception;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** Wrong answers to {@link RevenueOnBeam} that people really give. */
public final class RevenueOnBeamMisconceptions {

    private static final Duration HOUR = Duration.standardHours(1);
    private static final Duration GRACE = Duration.standardMinutes(30);

    private RevenueOnBeamMisconceptions() {}

    @Misconception(
            believed = "withAllowedLateness(30 minutes) makes an hour wait for half an hour.",
            really = "It keeps a window for late elements after the watermark has passed its end. The window "
                    + "is emitted at that moment all the same, and again for what comes late. What waits is the "
                    + "watermark.",
            concept = "Lateness in Beam")
    public static class AllowsLatenessInsteadOfABound extends RevenueOnBeam {
        @Override
        public Duration bound() {
            return Duration.ZERO;
        }

        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return sums(payments, hours().withAllowedLateness(GRACE).discardingFiredPanes());
        }
    }

    @Misconception(
            believed = "Allowed lateness in addition to the bound loses nothing, and costs nothing.",
            really = "A final hour is emitted again for each late payment. With discardingFiredPanes the new "
                    + "row has the money of the late payment only, although it looks like the sum of the hour.",
            concept = "Lateness in Beam")
    public static class AllowsLatenessToBeSafe extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return sums(payments, hours().withAllowedLateness(GRACE).discardingFiredPanes());
        }
    }

    @Misconception(
            believed = "accumulatingFiredPanes replaces the sum that was emitted before.",
            really = "It emits the whole sum again. Nothing is replaced: whoever adds up the rows counts the "
                    + "hour twice, and the task asks for one row.",
            concept = "Lateness in Beam")
    public static class CorrectsFinalHours extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return sums(payments, hours().withAllowedLateness(GRACE).accumulatingFiredPanes());
        }
    }

    @Misconception(
            believed = "A payment of 9:01 has to count until 10:30: the bound is ninety minutes.",
            really = "The watermark is compared with the end of the hour, not with the payment. With ninety "
                    + "minutes every hour is emitted an hour too late.",
            concept = "Watermarks")
    public static class WaitsNinetyMinutes extends RevenueOnBeam {
        @Override
        public Duration bound() {
            return HOUR.plus(GRACE);
        }
    }

    @Misconception(
            believed = "Combine.perKey sums a stream by key; the hour can be part of the key.",
            really = "Without windows, a group of an unbounded collection never ends: Beam refuses to group in "
                    + "the global window without a trigger. The hour as a part of the key does not tell it when "
                    + "the hour is over.",
            concept = "Windows")
    public static class StaysInTheGlobalWindow extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return payments.apply(MapElements.into(
                                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptor.of(BigDecimal.class)))
                            .via(payment -> KV.of(
                                    payment.time().atZone(ZoneOffset.UTC).getHour() + " " + payment.terminal(),
                                    payment.amount())))
                    .apply(Combine.perKey(RevenueOnBeam::sum))
                    .apply(ParDo.of(new ToRevenue()));
        }
    }

    @Misconception(
            believed = "Early firings only add estimates; the result is the last one.",
            really = "Every firing is a row of the output, and nothing in it says that it is an estimate. "
                    + "Without early firings the hour is emitted once.",
            concept = "Triggers of Beam")
    public static class EmitsEarly extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return sums(
                    payments,
                    hours().triggering(
                                    AfterWatermark.pastEndOfWindow().withEarlyFirings(AfterPane.elementCountAtLeast(1)))
                            .withAllowedLateness(Duration.ZERO)
                            .accumulatingFiredPanes());
        }
    }

    @Misconception(
            believed = "A trigger is added to the window: the watermark still decides when the hour is over.",
            really = "The trigger decides alone. Repeatedly.forever(AfterPane.elementCountAtLeast(1)) emits "
                    + "each payment as it comes, and nothing when the hour is over.",
            concept = "Triggers of Beam")
    public static class CountsInsteadOfWaiting extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return sums(
                    payments,
                    hours().triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                            .withAllowedLateness(Duration.ZERO)
                            .discardingFiredPanes());
        }
    }

    @Misconception(
            believed = "An element needs a timestamp: now.",
            really = "The timestamp decides the window. The source has set it to the time of the payment; the "
                    + "moment at which the pipeline runs puts all payments into the hour of the run.",
            concept = "Event time")
    public static class StampsPaymentsWithTheWallClock extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return super.revenue(payments.apply(WithTimestamps.of(payment -> Instant.now())));
        }
    }

    @Misconception(
            believed = "SlidingWindows of an hour, every thirty minutes, wait for half an hour.",
            really = "The period says how often a window begins. The windows overlap, and each payment counts "
                    + "in two of them.",
            concept = "Windows")
    public static class SlidesByThirtyMinutes extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return sums(payments, Window.into(SlidingWindows.of(HOUR).every(GRACE)));
        }
    }

    @Misconception(
            believed = "A window is identified by its end.",
            really = "A window includes its start and excludes its end. The payments from nine to ten are the "
                    + "hour from nine; the next hour begins at ten.",
            concept = "Windows")
    public static class NamesAnHourByItsEnd extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return super.revenue(payments)
                    .apply(MapElements.into(TypeDescriptor.of(Revenue.class))
                            .via(one -> new Revenue(one.hour().plusSeconds(3_600), one.terminal(), one.revenue())));
        }
    }

    @Misconception(
            believed = "A double is good enough for money.",
            really = "Ten cents have no exact double: three times 0.1 is 0.30000000000000004. Payments have "
                    + "decimals, whose sums are exact and do not depend on the order of the rows.",
            concept = "Money")
    public static class SumsDoubles extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return payments.apply(hours())
                    .apply(MapElements.into(TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.doubles()))
                            .via(payment -> KV.of(
                                    String.valueOf(payment.terminal()),
                                    payment.amount().doubleValue())))
                    .apply(Sum.doublesPerKey())
                    .apply(MapElements.into(
                                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptor.of(BigDecimal.class)))
                            .via(sum -> KV.of(sum.getKey(), BigDecimal.valueOf(sum.getValue()))))
                    .apply(ParDo.of(new ToRevenue()));
        }
    }

    @Misconception(
            believed = "Null is a key like any other: the payments without a terminal are a group.",
            really = "A key is written by its coder, and that of an Integer does not write null: the pipeline "
                    + "fails with the first such payment. NullableCoder does, or a text for it.",
            concept = "Nulls")
    public static class GroupsByNull extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return payments.apply(hours())
                    .apply(MapElements.into(TypeDescriptors.kvs(
                                    TypeDescriptors.integers(), TypeDescriptor.of(BigDecimal.class)))
                            .via(payment -> KV.of(payment.terminal(), payment.amount())))
                    .apply(Combine.perKey(RevenueOnBeam::sum))
                    .apply(MapElements.into(
                                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptor.of(BigDecimal.class)))
                            .via(sum -> KV.of(String.valueOf(sum.getKey()), sum.getValue())))
                    .apply(ParDo.of(new ToRevenue()));
        }
    }

    @Misconception(
            believed = "A payment without a terminal belongs to no group.",
            really = "Null is a value that means unknown. The money was paid: the payments without a terminal "
                    + "are a group of their own.",
            concept = "Nulls")
    public static class LeavesOutPaymentsWithoutATerminal extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return super.revenue(payments.apply(Filter.by(payment -> payment.terminal() != null)));
        }
    }

    @Misconception(
            believed = "An amount below zero is an error: revenue is what was paid.",
            really = "It is a refund, and belongs to the revenue: the sum is what was paid minus what was paid "
                    + "back.",
            concept = "Money")
    public static class LeavesRefundsOut extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return super.revenue(
                    payments.apply(Filter.by(payment -> payment.amount().signum() >= 0)));
        }
    }

    @Misconception(
            believed = "A payment that equals another is the same payment, delivered twice.",
            really = "Two equal payments may be two payments, and here they are: both count. Distinct also has "
                    + "to remember every payment of the hour.",
            concept = "Delivery guarantees")
    public static class DropsEqualPayments extends RevenueOnBeam {
        @Override
        public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
            return sums(payments.apply(hours()).apply(Distinct.create()));
        }
    }

    private static Window<ReceivedPayment> hours() {
        return Window.into(FixedWindows.of(HOUR));
    }

    /** The answer with other windows. */
    private static PCollection<Revenue> sums(PCollection<ReceivedPayment> payments, Window<ReceivedPayment> windows) {
        return sums(payments.apply(windows));
    }

    private static PCollection<Revenue> sums(PCollection<ReceivedPayment> windows) {
        return windows.apply(MapElements.into(
                                TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptor.of(BigDecimal.class)))
                        .via(payment -> KV.of(String.valueOf(payment.terminal()), payment.amount())))
                .apply(Combine.perKey(RevenueOnBeam::sum))
                .apply(ParDo.of(new RevenueOnBeam.ToRevenue()));
    }
}
