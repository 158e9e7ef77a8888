/**
 * Stream engines, found by {@link java.util.ServiceLoader}. Whoever adds one writes an {@link workbook.check.engine.Engine},
 * a {@code TestDriver} and the methods that make a {@code RunnableAnswer} of an answer;
 * {@code MemoryEngine}, in the tests of this module, is the smallest.
 */
package workbook.check.engine;
