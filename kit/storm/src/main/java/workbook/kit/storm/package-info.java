// JBang's directives for every program that names this part of the kit among its //SOURCES: what all engines share, and
// Storm's client. The POMs define versions; JbangHeaderTest compares the two.
//
//SOURCES ../../../../../../../engines/src/main/java/workbook/kit/engines/*.java
//SOURCES explain/*.java
//
//DEPS org.apache.storm:storm-client:2.8.3@fatjar
//DEPS org.apache.storm:storm-shaded-deps:2.8.3
//DEPS io.dropwizard.metrics:metrics-core:4.2.37
//DEPS com.esotericsoftware:kryo:5.6.2
//
//FILES META-INF/services/workbook.kit.explain.EngineErrors=../../../../resources/META-INF/services/workbook.kit.explain.EngineErrors

/** Storm: a bolt without a cluster, payments and revenues as tuples, and explanations of its exceptions. */
package workbook.kit.storm;
