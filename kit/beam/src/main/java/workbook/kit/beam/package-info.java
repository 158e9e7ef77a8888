// JBang's directives for every program that names this part of the kit among its //SOURCES: what all engines share, and
// Beam with its direct runner. The POMs define versions; JbangHeaderTest compares the two.
//
//SOURCES ../../../../../../../engines/src/main/java/workbook/kit/engines/*.java
//SOURCES explain/*.java
//
//DEPS org.apache.beam:beam-sdks-java-core:2.73.0
//DEPS org.apache.beam:beam-runners-direct-java:2.73.0
//
//FILES META-INF/services/workbook.kit.explain.EngineErrors=../../../../resources/META-INF/services/workbook.kit.explain.EngineErrors

/** Beam in this JVM: coders of payments and revenues, and explanations of its exceptions. */
package workbook.kit.beam;
