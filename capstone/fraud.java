///usr/bin/env jbang "$0" "$@" ; exit $?
// The entry of `./jbang fraud`: the pipeline on a broker in this JVM.
//JAVA 17+
//SOURCES ../kit/src/main/java/workbook/kit/*.java
//SOURCES ../solutions/src/main/java/lesson04/CardProfile.java
//SOURCES src/main/java/workbook/capstone/*.java
//SOURCES src/main/java/workbook/capstone/**/*.java
//DEPS io.delta:delta-spark_4.2_2.13:4.4.0
//DEPS org.tribuo:tribuo-classification-sgd:4.3.2
//DEPS org.tribuo:tribuo-classification-core:4.3.2
//DEPS org.tribuo:tribuo-core:4.3.2
//DEPS org.tribuo:tribuo-math:4.3.2
//DEPS redis.clients:jedis:8.0.2
//DEPS org.apache.commons:commons-pool2:2.13.1
//DEPS com.fasterxml.jackson.core:jackson-core:2.21.2
//DEPS com.fasterxml.jackson.core:jackson-databind:2.21.2
//DEPS org.hdrhistogram:HdrHistogram:2.2.2
//DEPS me.tongfei:progressbar:0.10.2
//DEPS org.jline:jline-terminal:3.29.0
//MAIN workbook.capstone.Fraud
