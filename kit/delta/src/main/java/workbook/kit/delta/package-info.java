// JBang's directives for every program that names this part of the kit among its //SOURCES: the kit for Spark, and Delta
// Lake. The POMs define versions; JbangHeaderTest compares the two.
//
//SOURCES ../../../../../../../spark/src/main/java/workbook/kit/spark/*.java
//
//DEPS io.delta:delta-spark_4.2_2.13:4.4.0
//DEPS io.delta:delta-kernel-api:4.4.0
//DEPS io.delta:delta-kernel-defaults:4.4.0
//
//FILES META-INF/services/workbook.kit.spark.SessionSettings=../../../../resources/META-INF/services/workbook.kit.spark.SessionSettings

/** Delta Lake: its settings for every session of {@code LocalSpark}, and tables and their logs read without Spark. */
package workbook.kit.delta;
