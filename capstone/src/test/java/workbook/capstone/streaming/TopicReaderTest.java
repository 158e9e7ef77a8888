package workbook.capstone.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import workbook.kit.LocalKafka;

class TopicReaderTest {

    private static LocalKafka kafka;

    private final Queue<String> read = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        kafka = LocalKafka.start();
        kafka.createTopic("numbers", 1);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            List.of("1", "two", "3").forEach(number -> producer.send(new ProducerRecord<>("numbers", number)));
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private TopicReader reader(Consumer<String> handler) {
        Positions beginning = TopicReader.beginnings(kafka.bootstrapServers(), List.of("numbers"));
        return TopicReader.start(kafka.bootstrapServers(), beginning, record -> handler.accept(text(record)));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aHandlerThatThrowsStopsTheReaderAndIsReported() {
        TopicReader reader = reader(number -> {
            Integer.parseInt(number);
            read.add(number);
        });
        await().until(() -> !reader.isReading());
        assertThat(read).containsExactly("1");
        assertThatThrownBy(reader::throwIfFailed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The reader of [numbers-0] has failed: For input string: \"two\"")
                .hasCauseInstanceOf(NumberFormatException.class);
        assertThatThrownBy(reader::close).hasCauseInstanceOf(NumberFormatException.class);
    }

    @Test
    void closingAHealthyReaderThrowsNothing() {
        TopicReader reader = reader(read::add);
        await().until(() -> read.size() == 3);
        reader.throwIfFailed();
        reader.close();
        assertThat(reader.isReading()).isTrue();
    }
}
