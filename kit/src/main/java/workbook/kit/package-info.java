// What JBang has to know of every program that names the kit among its //SOURCES. The pom is the list of versions
// and options; JbangHeaderTest holds the two equal. An @pom is a list of versions: without these two, what comes along
// would be of the versions that Spark names.
//
//DEPS com.fasterxml.jackson:jackson-bom:2.21.8@pom
//DEPS org.apache.logging.log4j:log4j-bom:2.25.5@pom
//DEPS org.apache.spark:spark-sql_2.13:4.2.0
//DEPS org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0
//DEPS org.apache.spark:spark-sql-api_2.13:4.2.0
//DEPS org.apache.kafka:kafka-clients:4.3.1
//DEPS org.apache.kafka:kafka_2.13:4.3.1
//DEPS org.apache.kafka:kafka-metadata:4.3.1
//DEPS org.apache.kafka:kafka-server-common:4.3.1
//DEPS org.testcontainers:testcontainers-kafka:2.0.5
//DEPS org.testcontainers:testcontainers:2.0.5
//DEPS com.github.docker-java:docker-java-api:3.7.1
//DEPS com.github.docker-java:docker-java-transport-zerodep:3.7.1
//DEPS com.globalmentor:hadoop-bare-naked-local-fs:0.1.0
//DEPS info.picocli:picocli:4.7.7
//DEPS jakarta.servlet:jakarta.servlet-api:6.0.0
//DEPS org.slf4j:slf4j-api:2.0.20
//
//RUNTIME_OPTIONS -XX:+IgnoreUnrecognizedVMOptions
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
//RUNTIME_OPTIONS --sun-misc-unsafe-memory-access=allow
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC -Xshare:auto -Xmx2g
//RUNTIME_OPTIONS -Djdk.reflect.useDirectMethodHandle=false
//RUNTIME_OPTIONS -Dio.netty.tryReflectionSetAccessible=true
//RUNTIME_OPTIONS -Duser.timezone=UTC -Dfile.encoding=UTF-8
//
//FILES log4j2.properties=../../../resources/log4j2.properties

/**
 * What every other room stands on: Spark and Kafka inside this JVM, card payments, and folders that clean up after
 * themselves.
 */
package workbook.kit;
