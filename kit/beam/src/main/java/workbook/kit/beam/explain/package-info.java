/** Explanations of the exceptions of Beam. */
package workbook.kit.beam.explain;
