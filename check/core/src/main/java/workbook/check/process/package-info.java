/**
 * Checks answers in a JVM of its own, so that an answer that loops, exits or runs out of memory affects only this JVM:
 *
 * <pre>{@code
 * try (Supervisor supervisor = Supervisor.start(Limits.defaults())) {
 *     CheckResult result = supervisor.check(RunningTotalsCheckpoint.class);
 * }
 * }</pre>
 */
package workbook.check.process;
