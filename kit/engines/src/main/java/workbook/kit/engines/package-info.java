// JBang's directives for every program that names this part of the kit among its //SOURCES: the kit's core, and the
// parser of JSON. The POMs define versions; JbangHeaderTest compares the two.
//
//SOURCES ../../../../../../../core/src/main/java/workbook/kit/*.java
//
//DEPS com.fasterxml.jackson.core:jackson-databind:2.21.8

/** What programs on different engines share: the records of one job. No class here depends on an engine. */
package workbook.kit.engines;
