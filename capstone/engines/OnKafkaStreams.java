///usr/bin/env jbang "$0" "$@" ; exit $?
// Kafka Streams in `./jbang fraud batch --engine kafka-streams`: the answer of the exercise RevenueOnKafkaStreams.
//JAVA 17+
//SOURCES RevenueProgram.java
//SOURCES ../../kit/kafka-streams/src/main/java/workbook/kit/kafkastreams/*.java
//SOURCES ../../solutions/lesson12/src/main/java/lesson12/RevenueOnKafkaStreams.java
package engines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lesson12.RevenueOnKafkaStreams;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsBuilder;
import workbook.kit.KafkaText;
import workbook.kit.LocalKafka;
import workbook.kit.Program;
import workbook.kit.engines.Revenue;
import workbook.kit.kafkastreams.LocalStreams;

/** The topology on a broker of its own. The topics have one partition: with more, one may be read ahead of another. */
class OnKafkaStreams extends RevenueProgram {

    @Override
    void run(Path payments, Consumer<Revenue> sink) throws IOException, InterruptedException {
        try (LocalKafka kafka = LocalKafka.start()) {
            kafka.createTopic("payments", 1);
            kafka.createTopic("revenue", 1);
            List<String> sent = new ArrayList<>();
            forEachAndOneMore(payments, payment -> sent.add(payment.toJson()));
            KafkaText.send(kafka, "payments", sent);
            StreamsBuilder topology = new StreamsBuilder();
            new RevenueOnKafkaStreams().revenue(topology, "payments", "revenue");
            LocalStreams.runToEnd(kafka, "nightly-revenue", topology.build(), "payments");
            try (var consumer = KafkaText.consumer(kafka, Map.of())) {
                KafkaText.readAll(consumer, new TopicPartition("revenue", 0))
                        .forEach(record -> sink.accept(Revenue.fromJson(record.value())));
            }
        }
    }

    public static void main(String... args) {
        Program.run(new OnKafkaStreams(), args);
    }
}
