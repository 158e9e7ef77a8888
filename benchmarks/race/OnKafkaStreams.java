///usr/bin/env jbang "$0" "$@" ; exit $?
// Kafka Streams in `./jbang race`: the answer of the exercise RevenueOnKafkaStreams.
//JAVA 17+
//SOURCES Start.java
//SOURCES ../../kit/kafka-streams/src/main/java/workbook/kit/kafkastreams/*.java
//SOURCES ../../solutions/lesson12/src/main/java/lesson12/RevenueOnKafkaStreams.java
package race;

import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import lesson12.RevenueOnKafkaStreams;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

class OnKafkaStreams {

    public static void main(String[] args) throws Exception {
        Start start = Start.of(args);
        StreamsBuilder builder = new StreamsBuilder();
        new RevenueOnKafkaStreams().revenue(builder, start.payments(), start.results());
        run(start, builder);
    }

    static void run(Start start, StreamsBuilder builder) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", start.bootstrapServers());
        settings.put("application.id", start.name());
        settings.put("state.dir", start.folder().toString());
        settings.putAll(start.settings());
        KafkaStreams streams = new KafkaStreams(builder.build(), settings);
        CountDownLatch isRunning = new CountDownLatch(1);
        CompletableFuture<Void> failure = new CompletableFuture<>();
        streams.setStateListener((state, before) -> {
            if (state == KafkaStreams.State.RUNNING) {
                isRunning.countDown();
            }
        });
        streams.setUncaughtExceptionHandler(e -> {
            failure.completeExceptionally(e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
        isRunning.await();
        start.ready(failure::get);
    }
}
