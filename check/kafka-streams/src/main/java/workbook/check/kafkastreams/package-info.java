/**
 * Runs scripts on Kafka Streams:
 *
 * <pre>{@code
 * Script.of(Payment.SCHEMA).columns("hour", "terminal", "revenue")
 *         .batch(…).emits(…)
 *         .run(onKafkaStreams("customer", "hour TIMESTAMP, terminal INT, revenue DECIMAL(38,2)", answer::revenue));
 * }</pre>
 *
 * <p>{@link workbook.check.kafkastreams.KafkaStreamsAnswers} makes an answer runnable.
 */
package workbook.check.kafkastreams;
