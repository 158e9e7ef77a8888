/** Explanations of the exceptions of Kafka Streams. */
package workbook.kit.kafkastreams.explain;
