/**
 * The result of a check, as data, text and JSON:
 *
 * <pre>{@code
 * WRONG     lesson 05 HourlyRevenue: failed: a late row is dropped
 * }</pre>
 */
package workbook.check.verdict;
