/**
 * Typical mistakes, and their recognition by behaviour:
 *
 * <pre>{@code
 * @Misconception(
 *         believed = "…",
 *         really = "…",
 *         concept = "Windows")
 * public static final class TruncatesTheHour extends HourlyRevenue { … }
 * }</pre>
 */
package workbook.check.diagnose;
