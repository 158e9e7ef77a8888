/** {@code ./jbang race}: measures the job of lesson 12 on different engines. */
package workbook.race;
