/** What a learner has tried and answered, and whether a verdict still holds. */
package workbook.check.progress;
