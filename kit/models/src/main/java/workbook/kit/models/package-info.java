// JBang's directives for every program that names this part of the kit among its //SOURCES, beside the core or
// kit/spark. The POMs define versions; JbangHeaderTest compares the two.
//
//DEPS org.tribuo:tribuo-classification-sgd:4.3.2
//DEPS org.tribuo:tribuo-classification-core:4.3.2
//DEPS org.tribuo:tribuo-core:4.3.2
//DEPS org.tribuo:tribuo-math:4.3.2
//DEPS com.google.protobuf:protobuf-java:4.33.5

/** Models: a logistic regression on named features, and a folder with its published versions. Without an engine. */
package workbook.kit.models;
