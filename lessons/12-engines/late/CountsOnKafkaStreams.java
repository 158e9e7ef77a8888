package lesson12;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import workbook.kit.KafkaText;
import workbook.kit.LocalKafka;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.kafkastreams.LocalStreams;

/** The topology of {@link OnKafkaStreams} on a broker. A topic has no end. */
final class CountsOnKafkaStreams implements HourlyCounts {

    private final LocalKafka kafka;
    private int runs;

    CountsOnKafkaStreams(LocalKafka kafka) {
        this.kafka = kafka;
    }

    @Override
    public List<Hour> emitted(List<List<ReceivedPayment>> partitions) throws InterruptedException {
        String run = "run-" + ++runs;
        String from = run + "-payments";
        String to = run + "-counts";
        HourlyCounts.createTopic(kafka, from, partitions);
        kafka.createTopic(to, 1);
        LocalStreams.runToEnd(kafka, run, OnKafkaStreams.counts(from, to, BOUND, false), from);
        try (var reader = KafkaText.consumer(kafka, Map.of())) {
            return KafkaText.readAll(reader, new TopicPartition(to, 0)).stream()
                    .map(count -> new Hour(Instant.parse(count.key()), Long.parseLong(count.value())))
                    .toList();
        }
    }
}
