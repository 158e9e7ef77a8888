package workbook.capstone.features;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import workbook.capstone.inference.Lookup;
import workbook.capstone.inference.Profiles;
import workbook.kit.Payment;

/**
 * The features of a payment's customer and terminal at scoring time. The customer's windows come from the online store
 * once it covers the whole window, else from the nightly profiles. The terminal's windows always come from the nightly
 * profiles, because frauds are known a week late.
 *
 * @param nightly the nightly profiles
 * @param online the store's result for the payment's customer; empty if the store did not respond
 */
public record OnlineLookup(Lookup nightly, Optional<FeatureStore.Result> online) implements Lookup {

    /** If the stream is further behind, even the shortest window is out of date. */
    private static final Duration FURTHEST_BEHIND = Duration.ofDays(1);

    /** The source of the customer's features. */
    public enum Source {
        /** All from the nightly profiles: the online store covers no window yet. */
        NIGHTLY,
        /** From the online store, at least those of the shortest window. */
        ONLINE,
        /** All from the nightly profiles, because the store did not respond. */
        FALLBACK;

        /** Returns {@code nightly}, {@code online} or {@code fallback}, as in the topic of scores and the lake. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Parses what {@link #toString} returns. */
        public static Source of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** Returns the source of the customer's features for this payment. */
    public Source source(Payment payment) {
        if (online.isEmpty()) {
            return Source.FALLBACK;
        }
        return covers(Profiles.WINDOWS.get(0), payment) ? Source.ONLINE : Source.NIGHTLY;
    }

    @Override
    public void copyTo(double[] features, int offset, Payment payment) {
        nightly.copyTo(features, offset, payment);
        for (int w = 0; w < Profiles.WINDOWS.size(); w++) {
            if (covers(Profiles.WINDOWS.get(w), payment)) {
                copyWindow(w, features, offset + 2 * w, payment.time());
            }
        }
    }

    /** Whether the store covers this payment's window, and has no later payment of the customer. */
    private boolean covers(int days, Payment payment) {
        Instant time = payment.time();
        boolean covered = online.flatMap(FeatureStore.Result::coverage)
                .filter(coverage -> !coverage.since().isAfter(time.minus(Duration.ofDays(days))))
                .filter(coverage -> !coverage.until().isBefore(time.minus(FURTHEST_BEHIND)))
                .isPresent();
        return covered && entity().map(entity -> entity.time().isBefore(time)).orElse(true);
    }

    /** Copies a window. It is 0 if the customer's last payment is older than the window. */
    private void copyWindow(int w, double[] features, int column, Instant time) {
        Optional<EntityFeatures.Window> window = entity().filter(
                        entity -> entity.time().isAfter(time.minus(Duration.ofDays(Profiles.WINDOWS.get(w)))))
                .map(entity -> entity.windows().get(w));
        features[column] = window.map(EntityFeatures.Window::count).orElse(0L);
        features[column + 1] = window.map(values -> values.mean().doubleValue()).orElse(0.0);
    }

    private Optional<EntityFeatures> entity() {
        return online.flatMap(FeatureStore.Result::features);
    }
}
