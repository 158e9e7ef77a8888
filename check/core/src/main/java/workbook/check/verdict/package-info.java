/** What came of an answer, as data; and as text or JSON for those who read it. */
package workbook.check.verdict;
