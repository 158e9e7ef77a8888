///usr/bin/env jbang "$0" "$@" ; exit $?
// The entry of `./jbang fraud`: the pipeline on a broker in this JVM.
//JAVA 17+
//SOURCES ../kit/src/main/java/workbook/kit/*.java
//SOURCES src/main/java/workbook/capstone/*.java
//SOURCES src/main/java/workbook/capstone/**/*.java
//FILES workbook/capstone/monitoring/page/page.html=src/main/resources/workbook/capstone/monitoring/page/page.html
//FILES workbook/capstone/monitoring/page/page.css=src/main/resources/workbook/capstone/monitoring/page/page.css
//FILES workbook/capstone/monitoring/page/icon.svg=src/main/resources/workbook/capstone/monitoring/page/icon.svg
//FILES workbook/capstone/monitoring/page/page.js=src/main/resources/workbook/capstone/monitoring/page/page.js
//DEPS io.delta:delta-spark_4.2_2.13:4.4.0
//DEPS org.tribuo:tribuo-classification-sgd:4.3.2
//DEPS org.tribuo:tribuo-classification-core:4.3.2
//DEPS org.tribuo:tribuo-core:4.3.2
//DEPS org.tribuo:tribuo-math:4.3.2
//DEPS com.fasterxml.jackson.core:jackson-core:2.21.2
//DEPS com.fasterxml.jackson.core:jackson-databind:2.21.2
//DEPS com.fasterxml.jackson.datatype:jackson-datatype-jsr310:2.21.2
//DEPS io.javalin:javalin:7.2.3
//DEPS io.micrometer:micrometer-core:1.17.2
//DEPS io.micrometer:micrometer-registry-prometheus:1.17.2
//DEPS io.prometheus:prometheus-metrics-model:1.7.0
//DEPS org.webjars.npm:chart.js:4.5.1
//DEPS org.hdrhistogram:HdrHistogram:2.2.2
//DEPS me.tongfei:progressbar:0.10.2
//DEPS org.jline:jline-terminal:3.29.0
//MAIN workbook.capstone.Fraud
