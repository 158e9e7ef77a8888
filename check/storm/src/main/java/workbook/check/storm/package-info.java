/**
 * Runs scripts on Storm's API:
 *
 * <pre>{@code
 * Script.of(Payment.SCHEMA).columns("hour", "terminal", "revenue")
 *         .batch(…).emits(…)
 *         .run(onStorm("hour TIMESTAMP, terminal INT, revenue DECIMAL(38,2)", answer::revenue));
 * }</pre>
 *
 * <p>{@link workbook.check.storm.StormAnswers} makes an answer runnable. {@link workbook.check.storm.TestSpout} tracks
 * its tuples.
 */
package workbook.check.storm;
