/** Why code does not run, in words of the trade of whoever wrote it. */
package workbook.check.explain;
