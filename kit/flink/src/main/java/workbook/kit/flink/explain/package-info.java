/** Explanations of the exceptions of Flink. */
package workbook.kit.flink.explain;
