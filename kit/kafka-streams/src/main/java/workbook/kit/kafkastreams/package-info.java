// JBang's directives for every program that names this part of the kit among its //SOURCES: what all engines share, and
// Kafka Streams. The POMs define versions; JbangHeaderTest compares the two.
//
//SOURCES ../../../../../../../engines/src/main/java/workbook/kit/engines/*.java
//SOURCES explain/*.java
//
//DEPS org.apache.kafka:kafka-streams:4.3.1
//DEPS org.apache.kafka:kafka-clients:4.3.1
//DEPS com.fasterxml.jackson.core:jackson-core:2.21.8
//
//FILES META-INF/services/workbook.kit.explain.EngineErrors=../../../../resources/META-INF/services/workbook.kit.explain.EngineErrors

/** Kafka Streams in this JVM: serdes of payments and revenues, and explanations of its exceptions. */
package workbook.kit.kafkastreams;
