/** The rules that explain Spark's exceptions to learners, by area. */
package workbook.kit.spark.explain;
