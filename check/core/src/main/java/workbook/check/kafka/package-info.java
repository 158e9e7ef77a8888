/** Topics on a real broker for the steps of a checkpoint. */
package workbook.check.kafka;
