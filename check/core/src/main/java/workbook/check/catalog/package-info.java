/** Which exercises there are, and where the files of each lie. */
package workbook.check.catalog;
