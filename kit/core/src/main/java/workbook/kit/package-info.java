// JBang's directives for every program that names the kit among its //SOURCES. The POMs define versions and options;
// JbangHeaderTest compares the two. An @pom manages versions: without these two, transitive dependencies would have
// the versions that Kafka and Spark name.
//
//SOURCES explain/*.java
//
//DEPS com.fasterxml.jackson:jackson-bom:2.21.8@pom
//DEPS org.apache.logging.log4j:log4j-bom:2.25.5@pom
//DEPS org.apache.kafka:kafka-clients:${kafka.clients:4.3.1}
//DEPS org.apache.kafka:kafka_2.13:4.3.1
//DEPS org.apache.kafka:kafka-metadata:4.3.1
//DEPS org.apache.kafka:kafka-server-common:4.3.1
//DEPS org.testcontainers:testcontainers-kafka:2.0.5
//DEPS org.testcontainers:testcontainers:2.0.5
//DEPS com.github.docker-java:docker-java-api:3.7.1
//DEPS com.github.docker-java:docker-java-transport-zerodep:3.7.1
//DEPS info.picocli:picocli:4.7.7
//DEPS org.apache.logging.log4j:log4j-slf4j2-impl:2.25.5
//DEPS org.slf4j:slf4j-api:2.0.20
//
//RUNTIME_OPTIONS -XX:+IgnoreUnrecognizedVMOptions
//RUNTIME_OPTIONS --sun-misc-unsafe-memory-access=allow
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC -Xshare:auto -Xmx2g
//RUNTIME_OPTIONS -Duser.timezone=UTC -Dfile.encoding=UTF-8
//
//FILES log4j2.properties=../../../resources/log4j2.properties

/**
 * The base of all other modules, without an engine: card payments and their simulator, Kafka inside this JVM, and
 * temporary folders.
 */
package workbook.kit;
