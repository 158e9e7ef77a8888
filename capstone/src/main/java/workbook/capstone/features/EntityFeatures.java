package workbook.capstone.features;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The features of a customer or a terminal as of one of its payments.
 *
 * @param key the customer or terminal
 * @param time event time of the payment, UTC, to the microsecond, not before 1970
 * @param id id of the payment
 * @param windows the payments in the windows of {@link workbook.capstone.inference.Profiles#WINDOWS}, this one included
 */
public record EntityFeatures(EntityKey key, Instant time, long id, List<Window> windows) {

    private static final Comparator<EntityFeatures> BY_AGE =
            Comparator.comparing(EntityFeatures::time).thenComparingLong(EntityFeatures::id);

    /**
     * The payments in a window.
     *
     * @param count the number of payments
     * @param mean the mean of their amounts, to the cent
     */
    public record Window(long count, BigDecimal mean) {}

    /** Returns the features of the later payment; at the same time, those of the higher id. */
    EntityFeatures newerOf(EntityFeatures others) {
        return BY_AGE.compare(this, others) < 0 ? others : this;
    }
}
