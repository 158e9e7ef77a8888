package workbook.capstone.features;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What the stream knew of a customer or a terminal when a payment had come.
 *
 * @param key whose figures they are
 * @param time event time of that payment, UTC, to the microsecond, not before 1970
 * @param id of that payment
 * @param windows the payments in the windows of {@link workbook.capstone.inference.Profiles#WINDOWS}, that one included
 */
public record EntityFeatures(EntityKey key, Instant time, long id, List<Window> windows) {

    private static final Comparator<EntityFeatures> BY_AGE =
            Comparator.comparing(EntityFeatures::time).thenComparingLong(EntityFeatures::id);

    /**
     * The payments in a window.
     *
     * @param count how many
     * @param mean of their amounts, to the cent
     */
    public record Window(long count, BigDecimal mean) {}

    /** These or the others, whichever belong to the later payment; at the same time, to the one with the higher id. */
    EntityFeatures newerOf(EntityFeatures others) {
        return BY_AGE.compare(this, others) < 0 ? others : this;
    }
}
