/**
 * Runs scripts on Spark:
 *
 * <pre>{@code
 * Script.of("id INT").columns("id").batch(row(1), row(2)).emits(row(2)).run(onSpark(rows -> rows.where("id > 1")));
 * }</pre>
 *
 * <p>{@link workbook.check.spark.SparkAnswers} makes an answer runnable. {@link workbook.check.spark.SharedSpark} is the
 * session for other code of a checkpoint.
 */
package workbook.check.spark;
