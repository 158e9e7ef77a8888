/** The files of a new exercise, written from a template. */
package workbook.evaluate.scaffold;
