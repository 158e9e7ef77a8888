/**
 * How an answer is judged. A checkpoint is a JUnit class whose steps play stories to the answer:
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
 * <p>Whoever writes one needs this package, {@link workbook.check.script} and the one of the engine, such as
 * {@code workbook.check.spark}; for Kafka clients, {@link workbook.check.kafka}.
 */
package workbook.check.checkpoint;
