// JBang's directives for every program that names this part of the kit among its //SOURCES: the kit's core, and what
// Spark needs. The POMs define versions and options; JbangHeaderTest compares the two.
//
//SOURCES ../../../../../../../core/src/main/java/workbook/kit/*.java
//SOURCES explain/*.java
//
//DEPS org.apache.spark:spark-sql_2.13:4.2.0
//DEPS org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0
//DEPS org.apache.spark:spark-sql-api_2.13:4.2.0
//DEPS com.globalmentor:hadoop-bare-naked-local-fs:0.1.0
//DEPS jakarta.servlet:jakarta.servlet-api:6.0.0
//DEPS info.picocli:picocli:4.7.7
//DEPS jakarta.ws.rs:jakarta.ws.rs-api:3.1.0
//DEPS com.fasterxml.jackson.core:jackson-databind:2.21.8
//
//RUNTIME_OPTIONS --add-opens=java.base/java.lang=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.lang.invoke=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.lang.reflect=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.io=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.net=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.nio=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.util=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/jdk.internal.ref=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/sun.nio.ch=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/sun.nio.cs=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.base/sun.util.calendar=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED
//RUNTIME_OPTIONS -Djdk.reflect.useDirectMethodHandle=false
//RUNTIME_OPTIONS -Dio.netty.tryReflectionSetAccessible=true
//
//FILES META-INF/services/workbook.kit.explain.EngineErrors=../../../../resources/META-INF/services/workbook.kit.explain.EngineErrors

/** Spark in this JVM: sessions, payments as rows, folders read as streams, and queries with collected output. */
package workbook.kit.spark;
