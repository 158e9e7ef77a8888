/**
 * The learner's attempts and answers, and whether a verdict is still valid:
 *
 * <pre>{@code
 * Optional<Attempt> last = Progress.of(workspace).contents()
 *         .last("lesson05.HourlyRevenue", Hashes.of(workspace, exercise));
 * }</pre>
 */
package workbook.check.progress;
