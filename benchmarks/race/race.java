///usr/bin/env jbang "$0" "$@" ; exit $?
// The entry of `./jbang race`. It starts the engines in JVMs of their own, so none is on its class path.
//JAVA 17+
//SOURCES ../../kit/engines/src/main/java/workbook/kit/engines/*.java
//SOURCES src/main/java/workbook/race/*.java
//DEPS org.hdrhistogram:HdrHistogram:2.2.2
//MAIN workbook.race.Race
