/**
 * RandomScript of streams, which know no engine: rows come in batch by batch, rows come out.
 *
 * <pre>{@code
 * Script.of("shop STRING, time TIMESTAMP, price DECIMAL(10,2)").columns("from", "shop", "total")
 *         .batch(row("north", "10:05", "2.50")).emitsNothing().watermark("09:55")
 *         .restart()
 *         .batch(row("north", "11:15", "9.00")).emits(row("10:00", "north", "2.50"))
 *         .run(onSpark(answer::hourly));
 * }</pre>
 *
 * <p>{@link workbook.check.script.Script} tells a script by hand, {@link workbook.check.script.RandomScript} makes random ones. An
 * engine plays them as an {@link workbook.check.script.TestDriver}; what happened is a
 * {@link workbook.check.script.Trace}, and what should not have happened a {@link workbook.check.script.Difference}.
 */
package workbook.check.script;
