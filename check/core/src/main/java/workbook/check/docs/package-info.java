/** The Markdown pages of this repository: links, anchors, questions and what proves them. */
package workbook.check.docs;
