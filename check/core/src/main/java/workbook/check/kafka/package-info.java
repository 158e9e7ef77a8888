/**
 * Topics on a real broker for the steps of a checkpoint:
 *
 * <pre>{@code
 * KafkaTopic topic = KafkaTopic.create(2);
 * topic.sendAndCommit(topic.record("7", "committed"));
 * }</pre>
 */
package workbook.check.kafka;
