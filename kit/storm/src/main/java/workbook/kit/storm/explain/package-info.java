/** Explanations of the exceptions of Storm. */
package workbook.kit.storm.explain;
