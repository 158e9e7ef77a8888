package workbook.capstone.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import workbook.capstone.inference.Lookup;
import workbook.kit.Payment;

class OnlineLookupTest {

    private static final Instant NOON = Instant.parse("2018-06-22T12:00:00Z");
    private static final Payment PAYMENT = new Payment(100, NOON, 7, 8, new BigDecimal("10.00"));
    private static final Lookup NIGHTLY = (features, offset, payment) -> {
        for (int i = 0; i < 12; i++) {
            features[offset + i] = -1;
        }
    };

    @Test
    void theOnlineStoreReplacesWindowByWindow() {
        Instant hourAgo = NOON.minus(Duration.ofHours(1));
        assertThat(customer(seenFor(Duration.ofDays(1).minusSeconds(1)), hourAgo))
                .containsOnly(-1);
        assertThat(customer(seenFor(Duration.ofDays(1)), hourAgo)).containsExactly(1, 1.5, -1, -1, -1, -1);
        assertThat(customer(seenFor(Duration.ofDays(7)), hourAgo)).containsExactly(1, 1.5, 7, 7.5, -1, -1);
        assertThat(customer(seenFor(Duration.ofDays(30)), hourAgo)).containsExactly(1, 1.5, 7, 7.5, 30, 30.5);
    }

    @Test
    void windowsAfterTheLastPaymentAreZero() {
        Optional<Coverage> month = seenFor(Duration.ofDays(31));
        assertThat(customer(month, NOON.minus(Duration.ofDays(1)))).containsExactly(0, 0, 7, 7.5, 30, 30.5);
        assertThat(customer(month, NOON.minus(Duration.ofDays(7)))).containsExactly(0, 0, 0, 0, 30, 30.5);
        assertThat(customer(month, NOON.minus(Duration.ofDays(30)))).containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(customer(lookup(month, Optional.empty()))).as("never seen").containsExactly(0, 0, 0, 0, 0, 0);
    }

    @Test
    void theTerminalsFeaturesAreAlwaysNightly() {
        assertThat(known(lookup(seenFor(Duration.ofDays(31)), Optional.empty())))
                .endsWith(-1, -1, -1, -1, -1, -1);
    }

    @Test
    void aLaterPaymentIsNotUsed() {
        OnlineLookup itself = lookup(seenFor(Duration.ofDays(31)), Optional.of(features(NOON)));
        assertThat(customer(itself)).containsExactly(-1, -1, -1, -1, -1, -1);
        assertThat(itself.source(PAYMENT)).isEqualTo(OnlineLookup.Source.NIGHTLY);
    }

    @Test
    void aStreamMoreThanADayBehindIsNotUsed() {
        Instant dayAgo = NOON.minus(Duration.ofDays(1));
        Coverage justInTime = new Coverage("query", NOON.minus(Duration.ofDays(60)), dayAgo);
        assertThat(customer(lookup(Optional.of(justInTime), Optional.empty()))).containsOnly(0);
        Coverage behind = new Coverage("query", NOON.minus(Duration.ofDays(60)), dayAgo.minusSeconds(1));
        assertThat(customer(lookup(Optional.of(behind), Optional.empty()))).containsOnly(-1);
    }

    @Test
    void aLookupReportsItsSource() {
        assertThat(new OnlineLookup(NIGHTLY, Optional.empty()).source(PAYMENT)).hasToString("fallback");
        assertThat(lookup(Optional.empty(), Optional.empty()).source(PAYMENT)).hasToString("nightly");
        assertThat(lookup(seenFor(Duration.ofHours(23)), Optional.empty()).source(PAYMENT))
                .hasToString("nightly");
        assertThat(lookup(seenFor(Duration.ofDays(1)), Optional.empty()).source(PAYMENT))
                .hasToString("online");
    }

    @Test
    void withoutAResponseAllIsNightly() {
        assertThat(known(new OnlineLookup(NIGHTLY, Optional.empty()))).containsOnly(-1);
    }

    private static Optional<Coverage> seenFor(Duration length) {
        return Optional.of(new Coverage("query", NOON.minus(length), NOON));
    }

    private static double[] customer(Optional<Coverage> coverage, Instant lastPayment) {
        return customer(lookup(coverage, Optional.of(features(lastPayment))));
    }

    private static double[] customer(OnlineLookup lookup) {
        return Arrays.copyOf(known(lookup), 6);
    }

    private static double[] known(OnlineLookup lookup) {
        double[] features = new double[12];
        lookup.copyTo(features, 0, PAYMENT);
        return features;
    }

    private static OnlineLookup lookup(Optional<Coverage> coverage, Optional<EntityFeatures> features) {
        return new OnlineLookup(NIGHTLY, Optional.of(new FeatureStore.Result(features, coverage)));
    }

    private static EntityFeatures features(Instant time) {
        return new EntityFeatures(
                EntityKey.customer(7),
                time,
                99,
                List.of(
                        new EntityFeatures.Window(1, new BigDecimal("1.50")),
                        new EntityFeatures.Window(7, new BigDecimal("7.50")),
                        new EntityFeatures.Window(30, new BigDecimal("30.50"))));
    }
}
