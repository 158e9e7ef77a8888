// Flume in a JVM of its own: its Guava and its Kafka client are older than the workbook's.
//JAVA 17+
//DEPS org.apache.flume:flume-ng-node:1.11.0
//DEPS org.apache.flume.flume-ng-sources:flume-taildir-source:1.11.0
//DEPS org.apache.flume.flume-ng-channels:flume-file-channel:1.11.0
//DEPS org.apache.flume.flume-ng-sinks:flume-ng-kafka-sink:1.11.0
//DEPS org.apache.logging.log4j:log4j-slf4j-impl:2.25.5
//FILES log4j2.properties=../../../../kit/core/src/main/resources/log4j2.properties
package lesson13;

import org.apache.flume.node.Application;

/** Runs an agent until the program that has started it ends, which closes its input. */
public class Flume {

    public static void main(String[] arguments) throws Exception {
        Application.main(arguments);
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }
}
