/**
 * Stream engines, found by {@link java.util.ServiceLoader}:
 *
 * <pre>{@code
 * Engines.of(HourlyRevenueCheckpoint.class).forEach(Engine::start);
 * }</pre>
 *
 * <p>To add an engine, implement {@link workbook.check.engine.Engine}, a {@code TestDriver}, and methods that return a
 * {@code RunnableAnswer}. The smallest example is {@code MemoryEngine} in the tests of this module.
 */
package workbook.check.engine;
