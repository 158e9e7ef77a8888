// JBang's directives for every program that names this part of the kit among its //SOURCES: the kit's core, Avro, and the
// parser of JSON. The POMs define versions; JbangHeaderTest compares the two.
//
//SOURCES ../../../../../../../core/src/main/java/workbook/kit/*.java
//
//DEPS org.apache.avro:avro:1.12.1
//DEPS com.fasterxml.jackson.core:jackson-databind:2.21.8

/** Avro records with the id of their schema, and a schema registry that speaks Confluent's REST API. */
package workbook.kit.schemas;
