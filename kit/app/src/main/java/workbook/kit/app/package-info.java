// JBang's directives for every program that names this part of the kit among its //SOURCES, beside the core or another part. The
// POMs define versions; JbangHeaderTest compares the two.
//
//DEPS org.jline:jline-terminal:3.29.0

/** For applications that use answers: their bricks, and a clean end at Ctrl-C. Without an engine. */
package workbook.kit.app;
