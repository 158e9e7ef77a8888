///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/kafka-streams/src/main/java/workbook/kit/kafkastreams/*.java
package lesson12;

import java.time.*;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.*;
import org.apache.kafka.streams.kstream.*;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.engines.*;
import workbook.kit.kafkastreams.*;

/** How many payments does each hour have? Every update, or the final number only. */
@Command(description = "Payments per hour on Kafka Streams.")
public class OnKafkaStreams extends KafkaProgram {

    @Option(
            names = "--grace",
            defaultValue = "30",
            description = "minutes for late payments (default: ${DEFAULT-VALUE})")
    int grace;

    @Option(names = "--updates", description = "emit every update")
    boolean updates;

    /**
     * Counts the payments of each hour of event time.
     *
     * @param from the topic of the payments
     * @param to the topic of the counts: the key is an hour's begin, the value a number
     */
    public static Topology counts(String from, String to, Duration grace, boolean updates) {
        StreamsBuilder builder = new StreamsBuilder();
        KTable<Windowed<String>, Long> counts = builder.stream(
                        from,
                        Consumed.with(Serdes.String(), PaymentSerdes.payments())
                                .withTimestampExtractor((payment, streamTime) -> ((ReceivedPayment) payment.value())
                                        .time()
                                        .toEpochMilli()))
                .groupBy((key, payment) -> "all", Grouped.with(Serdes.String(), PaymentSerdes.payments()))
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofHours(1), grace))
                .count(Materialized.with(Serdes.String(), Serdes.Long()));
        KTable<Windowed<String>, Long> emitted =
                updates ? counts : counts.suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()));
        emitted.toStream((hour, count) -> hour.window().startTime().toString())
                .mapValues(String::valueOf)
                .to(to, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    static void createTopics(LocalKafka kafka) {
        kafka.createTopic("payments", 1);
        kafka.createTopic("counts", 1);
        KafkaText.send(
                kafka,
                "payments",
                DemoPayments.inOrderOfArrival().stream()
                        .map(ReceivedPayment::toJson)
                        .toList());
    }

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        createTopics(kafka);
        LocalStreams.runToEnd(
                kafka, "per-hour", counts("payments", "counts", Duration.ofMinutes(grace), updates), "payments");
        TextTable table = new TextTable("%-20s  %s").row("hour", "payments");
        try (var reader = KafkaText.consumer(kafka, Map.of())) {
            KafkaText.readAll(reader, new TopicPartition("counts", 0))
                    .forEach(record -> table.row(record.key(), record.value()));
        }
    }

    public static void main(String... args) {
        Program.run(new OnKafkaStreams(), args);
    }
}
