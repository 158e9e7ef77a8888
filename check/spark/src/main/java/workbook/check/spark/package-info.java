/**
 * RandomScript played on Spark: {@link workbook.check.spark.SparkAnswers} makes an answer playable, and
 * {@link workbook.check.spark.SharedSpark} is the session for whatever a checkpoint does besides.
 */
package workbook.check.spark;
