/**
 * Runs scripts on Flink:
 *
 * <pre>{@code
 * Script.of(Payment.SCHEMA).columns("hour", "terminal", "revenue")
 *         .batch(…).emits(…)
 *         .run(onFlink(ReceivedPayment.class, "hour TIMESTAMP, terminal INT, revenue DECIMAL(38,2)", answer::revenue));
 * }</pre>
 *
 * <p>{@link workbook.check.flink.FlinkAnswers} makes an answer runnable. {@link workbook.check.flink.SharedFlink} is the
 * cluster that runs the jobs.
 */
package workbook.check.flink;
