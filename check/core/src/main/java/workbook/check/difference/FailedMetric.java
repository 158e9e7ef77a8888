package workbook.check.difference;

import java.util.List;

/**
 * A metric that is not as expected.
 *
 * @param expected a value, or the upper limit if {@code isLimit}; null if there must be none
 * @param history its values after each batch so far, the failed one last
 */
public record FailedMetric(String name, Object actual, Object expected, boolean isLimit, List<Object> history) {}
