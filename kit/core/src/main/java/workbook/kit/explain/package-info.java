/**
 * Explains to learners why their code does not run. From an exception with the condition {@code UNRESOLVED_COLUMN}:
 *
 * <pre>{@code
 * there is no column `amonut` here.
 *
 *   Similar names: `amount`, …
 * }</pre>
 */
package workbook.kit.explain;
