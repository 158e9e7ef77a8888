package workbook.kit.engines;

import java.time.Instant;

/**
 * What happened to a basket.
 *
 * @param basket its number; never null
 * @param time in whole milliseconds; never null
 * @param item what was put into the basket; null for the checkout
 */
public record BasketEvent(Long basket, Instant time, String item) {}
