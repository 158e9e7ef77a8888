/**
 * Explains in a sentence how the output of a failed batch differs from what is expected:
 *
 * <pre>{@code
 * `total` is cut to 0 decimal places.
 * }</pre>
 *
 * <p>A rule speaks only if it holds for all rows that differ. It states what the rows show, not why the answer does it.
 */
package workbook.check.difference;
