/**
 * The exercises of the project and the paths of their files:
 *
 * <pre>{@code
 * Workspace.current().exercises("05"); // HourlyRevenue, …
 * Exercise.of("05", "HourlyRevenue").hint(); // exercises/lesson05/hints/HourlyRevenue.md
 * }</pre>
 */
package workbook.check.catalog;
