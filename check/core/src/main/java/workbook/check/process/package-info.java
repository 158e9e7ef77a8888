/** StepFailure in a JVM of its own, so that an answer that loops, exits or eats its memory takes nobody with it. */
package workbook.check.process;
