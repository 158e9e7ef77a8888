/** The pages of this repository as HTML, and as a static site that needs no server. */
package workbook.evaluate.site;
