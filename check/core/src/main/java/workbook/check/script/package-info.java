/**
 * Scripts: tests of streaming queries, batch by batch, independent of an engine.
 *
 * <pre>{@code
 * Script.of("shop STRING, time TIMESTAMP, price DECIMAL(10,2)").columns("from", "shop", "total")
 *         .batch(row("north", "10:05", "2.50")).emitsNothing().watermark("09:55")
 *         .restart()
 *         .batch(row("north", "11:15", "9.00")).emits(row("10:00", "north", "2.50"))
 *         .run(onSpark(answer::hourly));
 * }</pre>
 *
 * <p>A {@link workbook.check.script.Script} states the input and the output of each batch; a
 * {@link workbook.check.script.RandomScript} generates the input and computes the output. An engine's
 * {@link workbook.check.script.TestDriver} runs them. The result is a {@link workbook.check.script.Trace} and, if the output
 * is wrong, a {@link workbook.check.script.Difference}.
 */
package workbook.check.script;
