/** Checks answers that write Delta tables; a checkpoint that uses this package is checked by a JVM that is warm for them. */
package workbook.check.delta;
