///usr/bin/env jbang "$0" "$@" ; exit $?
// The entry of `./jbang shell 01`: JShell with a lesson, the kit and a Spark session at hand.
//JAVA 17+
//SOURCES src/main/java/workbook/evaluate/Shell.java
//SOURCES src/main/java/workbook/evaluate/LessonCompiler.java
//SOURCES ../kit/src/main/java/workbook/kit/*.java
//MAIN workbook.evaluate.Shell
