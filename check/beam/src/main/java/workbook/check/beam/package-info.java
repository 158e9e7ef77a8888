/**
 * Runs scripts on Beam's direct runner:
 *
 * <pre>{@code
 * Script.of(Payment.SCHEMA).columns("hour", "terminal", "revenue")
 *         .batch(…).emits(…)
 *         .run(onBeam(
 *                 new Source<>(PaymentCoders.payments(), …),
 *                 PaymentCoders.revenues(),
 *                 "hour TIMESTAMP, terminal INT, revenue DECIMAL(38,2)",
 *                 answer::revenue));
 * }</pre>
 *
 * <p>{@link workbook.check.beam.BeamAnswers} makes an answer runnable.
 */
package workbook.check.beam;
