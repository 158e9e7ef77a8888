// JBang's directives for every program that names this part of the kit among its //SOURCES: what all engines share, and
// Flink. The POMs define versions and options; JbangHeaderTest compares the two.
//
//SOURCES ../../../../../../../engines/src/main/java/workbook/kit/engines/*.java
//SOURCES explain/*.java
//
//DEPS org.apache.flink:flink-streaming-java:2.3.0
//DEPS org.apache.flink:flink-clients:2.3.0
//DEPS org.apache.commons:commons-compress:1.28.0
//
//RUNTIME_OPTIONS --add-opens=java.base/java.util=ALL-UNNAMED
//
//FILES META-INF/services/workbook.kit.explain.EngineErrors=../../../../resources/META-INF/services/workbook.kit.explain.EngineErrors

/** Flink in this JVM: explanations of its exceptions. */
package workbook.kit.flink;
