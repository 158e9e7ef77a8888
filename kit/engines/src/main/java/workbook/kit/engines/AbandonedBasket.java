package workbook.kit.engines;

import java.time.Instant;

/**
 * A basket that its customer has left without a checkout.
 *
 * @param items in the order of their times, separated by commas
 * @param since the time of its last item
 */
public record AbandonedBasket(Long basket, String items, Instant since) {}
