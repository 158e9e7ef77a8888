/**
 * Checkpoints: JUnit classes whose steps run scripts against an answer:
 *
 * <pre>{@code
 * @Checkpoint(HourlyRevenue.class)
 * class HourlyRevenueCheckpoint {
 *
 *     @Test @Order(1)
 *     void thePaymentsOfEachTerminalAreAddedUp(HourlyRevenue answer) {
 *         Script.of(Payment.SCHEMA).columns("hour", "terminal", "revenue")
 *                 .batch(payment(1, "10:05", 7, "2.50"), payment(2, "10:40", 7, "1.00")).emitsNothing()
 *                 .batch(payment(3, "12:00", 7, "9.00")).emits(row("10:00", 7, "3.50"))
 *                 .run(onSpark(answer::revenue));
 *     }
 * }
 * }</pre>
 *
 * <p>Terms: a checkpoint <i>checks</i> an answer, the learner's code. Its test methods are <i>steps</i>; most of them run
 * a <i>script</i>. The outcome is a {@link workbook.check.verdict.CheckResult}: a
 * {@link workbook.check.verdict.Verdict} and, if a misconception behaves like the answer, a
 * {@link workbook.check.verdict.Diagnosis}. The month's score is <i>graded</i>, from these results.
 *
 * <p>To write a checkpoint, use this package, {@link workbook.check.script} and the package of an engine, such as
 * {@code workbook.check.spark}; for Kafka clients, {@link workbook.check.kafka}.
 */
package workbook.check.checkpoint;
