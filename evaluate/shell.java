///usr/bin/env jbang "$0" "$@" ; exit $?
// The entry of `./jbang shell 01`: JShell with a lesson, the kit and a Spark session at hand.
//JAVA 17+
//SOURCES src/main/java/workbook/evaluate/Shell.java
//SOURCES src/main/java/workbook/evaluate/LessonCompiler.java
//SOURCES ../kit/spark/src/main/java/workbook/kit/spark/*.java
//MAIN workbook.evaluate.Shell
