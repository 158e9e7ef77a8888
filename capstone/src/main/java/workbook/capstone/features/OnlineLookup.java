package workbook.capstone.features;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import workbook.capstone.inference.Lookup;
import workbook.capstone.inference.Profiles;
import workbook.kit.Payment;

/**
 * What is known of one payment's customer and terminal when it is scored: what the nightly job knew; but of the
 * customer, window by window, what the stream knows, as soon as it has seen all of the window. The terminal's figures
 * stay the nightly ones, because frauds are known a week late.
 *
 * @param nightly what the nightly job knew
 * @param answer what the store says of the payment's customer; nothing if it did not answer
 */
public record OnlineLookup(Lookup nightly, Optional<FeatureStore.Result> answer) implements Lookup {

    /** A stream that is further behind does not know the shortest window any more. */
    private static final Duration FURTHEST_BEHIND = Duration.ofDays(1);

    /** Where the customer's figures come from. */
    public enum Source {
        /** All from the nightly job: of no window has the stream seen enough. */
        NIGHTLY,
        /** From the stream, at least those of the shortest window. */
        ONLINE,
        /** All from the nightly job, because the store did not answer. */
        FALLBACK;

        /** As the topic of scores and the lake write it: {@code nightly}, {@code online} or {@code fallback}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where the figures of this payment's customer come from. */
    public Source source(Payment payment) {
        if (answer.isEmpty()) {
            return Source.FALLBACK;
        }
        return knows(Profiles.WINDOWS.get(0), payment) ? Source.ONLINE : Source.NIGHTLY;
    }

    @Override
    public void copyTo(double[] features, int offset, Payment payment) {
        nightly.copyTo(features, offset, payment);
        for (int w = 0; w < Profiles.WINDOWS.size(); w++) {
            if (knows(Profiles.WINDOWS.get(w), payment)) {
                copyWindow(w, features, offset + 2 * w, payment.time());
            }
        }
    }

    /** Whether the stream has seen this payment's window, and nothing of the customer that came after it. */
    private boolean knows(int days, Payment payment) {
        Instant time = payment.time();
        boolean covered = answer.flatMap(FeatureStore.Result::coverage)
                .filter(coverage -> !coverage.since().isAfter(time.minus(Duration.ofDays(days))))
                .filter(coverage -> !coverage.until().isBefore(time.minus(FURTHEST_BEHIND)))
                .isPresent();
        return covered
                && figures().map(figures -> figures.time().isBefore(time)).orElse(true);
    }

    /** EntityFeatures older than the window are of payments that are in it no more. */
    private void copyWindow(int w, double[] features, int column, Instant time) {
        Optional<EntityFeatures.Window> window = figures()
                .filter(figures -> figures.time().isAfter(time.minus(Duration.ofDays(Profiles.WINDOWS.get(w)))))
                .map(figures -> figures.windows().get(w));
        features[column] = window.map(EntityFeatures.Window::count).orElse(0L);
        features[column + 1] =
                window.map(figures -> figures.mean().doubleValue()).orElse(0.0);
    }

    private Optional<EntityFeatures> figures() {
        return answer.flatMap(FeatureStore.Result::figures);
    }
}
