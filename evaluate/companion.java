///usr/bin/env jbang "$0" "$@" ; exit $?
// The entry point of all commands; jbang-catalog.json maps aliases to main classes. There is no engine on its class
// path: Maven resolves the libraries of each lesson.
//JAVA 17+
//SOURCES ../kit/core/src/main/java/workbook/kit/*.java
//SOURCES ../check/core/src/main/java/workbook/check/*.java
//SOURCES ../check/core/src/main/java/workbook/check/**/*.java
//SOURCES src/main/java/workbook/evaluate/*.java
//SOURCES src/main/java/workbook/evaluate/**/*.java
//FILES workbook/evaluate/scaffold/exercise.txt=src/main/resources/workbook/evaluate/scaffold/exercise.txt
//FILES workbook/evaluate/month/month.html=src/main/resources/workbook/evaluate/month/month.html
//FILES workbook/evaluate/month/month.css=src/main/resources/workbook/evaluate/month/month.css
//FILES workbook/evaluate/month/chart.svg=src/main/resources/workbook/evaluate/month/chart.svg
//FILES workbook/evaluate/site/page.html=src/main/resources/workbook/evaluate/site/page.html
//FILES workbook/evaluate/site/site.css=src/main/resources/workbook/evaluate/site/site.css
//FILES workbook/evaluate/site/site.js=src/main/resources/workbook/evaluate/site/site.js
//DEPS org.junit.platform:junit-platform-commons:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//DEPS org.junit.platform:junit-platform-engine:6.1.3
//DEPS org.junit.jupiter:junit-jupiter-api:6.1.3
//DEPS org.junit.jupiter:junit-jupiter-engine:6.1.3
//DEPS org.awaitility:awaitility:4.3.0
//DEPS org.jline:jline-terminal:3.29.0
//DEPS com.fasterxml.jackson.core:jackson-core:2.21.8
//DEPS com.fasterxml.jackson.core:jackson-databind:2.21.8
//DEPS com.fasterxml.jackson.datatype:jackson-datatype-jdk8:2.21.8
//DEPS com.fasterxml.jackson.datatype:jackson-datatype-jsr310:2.21.8
//DEPS com.samskivert:jmustache:1.16
//DEPS org.apache.commons:commons-text:1.15.0
//DEPS org.commonmark:commonmark:0.27.1
//DEPS org.commonmark:commonmark-ext-gfm-tables:0.27.1
//DEPS org.commonmark:commonmark-ext-task-list-items:0.27.1
//DEPS org.webjars:highlightjs:11.11.1
//RUNTIME_OPTIONS -Dworkbook.archive=true
//MAIN workbook.evaluate.Watch
