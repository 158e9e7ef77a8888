// What JBang has to know of every program that names this part of the kit among its //SOURCES: the kit's core, and
// what Spark needs besides. The POMs are the list of versions and options; JbangHeaderTest holds the two equal.
//
//SOURCES ../../../../../../../core/src/main/java/workbook/kit/*.java
//
//DEPS org.apache.spark:spark-sql_2.13:4.2.0
//DEPS org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0
//DEPS org.apache.spark:spark-sql-api_2.13:4.2.0
//DEPS com.globalmentor:hadoop-bare-naked-local-fs:0.1.0
//DEPS jakarta.servlet:jakarta.servlet-api:6.0.0
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

/** Spark inside this JVM: a session for a laptop, payments as its rows, and folders that it reads as streams. */
package workbook.kit.spark;
