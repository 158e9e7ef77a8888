package workbook.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import lesson14.RecommendApi.NotReady;
import lesson14.RecommendStream.Event;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.LocalKafka;
import workbook.kit.kafkastreams.JsonSerde;

class ServiceTest {

    @TempDir
    private Path folder;

    @Test
    void eventsBecomeListsWhichAreServedWithTheirModel() throws Exception {
        Nights nights = new Nights(folder);
        TinyModels.publish(nights, "1 2 3");
        try (LocalKafka kafka = LocalKafka.start();
                ApiServer api = new ApiServer("127.0.0.1", 0);
                Service service = Service.start(kafka, nights, api);
                Producer<String, Event> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringSerializer(),
                        JsonSerde.of(Event.class).serializer())) {
            assertThat(get(api, "17")).contains("\"popular\"", "\"v1\"", "[1,2,3]");
            send(producer, 1, 17, 1, "payment");
            awaitList(api, "17", "\"personal\"", "\"v1\"", "[2,3]");
            TinyModels.publish(nights, "3 2 1");
            assertThat(get(api, "17")).contains("\"personal\"", "\"v1\"");
            send(producer, 2, 17, 2, "view");
            awaitList(api, "17", "\"personal\"", "\"v2\"", "[3,2]");
            assertThat(get(api, "18")).contains("\"popular\"", "\"v2\"", "[3,2,1]");
            assertThat(service.written(Service.EVENTS)).isEqualTo(2).isEqualTo(service.written(Service.SERVED));
            assertThat(raw(api, "evil.example"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("Only the host names of this machine");
            assertThat(raw(api, "localhost:" + api.port())).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aStreamThatDoesNotRunIsNotReady() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("events");
        Properties settings = new Properties();
        settings.put("application.id", "recommend");
        settings.put("bootstrap.servers", "127.0.0.1:1");
        try (KafkaStreams streams = new KafkaStreams(builder.build(), settings)) {
            StreamStore store = new StreamStore(streams, "lists", new ColdStartLists(new Nights(folder)));
            assertThatThrownBy(() -> store.owner(17)).isInstanceOf(NotReady.class);
            assertThatThrownBy(() -> store.personal(17)).isInstanceOf(NotReady.class);
        }
    }

    private static void send(Producer<String, Event> producer, long id, int customer, int terminal, String kind) {
        producer.send(new ProducerRecord<>(
                Service.EVENTS, String.valueOf(customer), new Event(id, Instant.now(), customer, terminal, kind)));
        producer.flush();
    }

    private static void awaitList(ApiServer api, String customer, CharSequence... parts) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(get(api, customer)).contains(parts));
    }

    private static String get(ApiServer api, String customer) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(api.uri().resolve("/recommendations/" + customer))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String raw(ApiServer api, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write(("GET /recommendations/17 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
