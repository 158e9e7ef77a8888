package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.format.JsonFormat;
import workbook.capstone.streaming.PaymentProducer;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/** The page in its own process, which reads the pipeline's topics only. */
class PageCommandTest {

    private static final Pattern URL = Pattern.compile("Live page: (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static LocalKafka kafka;
    private static KafkaProducer<String, String> producer;
    private static ChildJvm process;
    private static String url;

    @BeforeAll
    static void open() {
        kafka = LocalKafka.start();
        Topics.create(kafka, 2);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(), new StringSerializer());
        tell("lake", "RUNNING"); // only once, as if its process had been killed before the page started
        producer.flush();
        process = ChildJvm.start(
                        folder,
                        Map.of(LocalKafka.CHOICE, kafka.bootstrapServers()),
                        Fraud.class.getName(),
                        "page",
                        "--page",
                        "0",
                        "--page-host",
                        "page:8282")
                .await("Live page: ");
        Matcher matcher = URL.matcher(process.output());
        assertThat(matcher.find()).isTrue();
        url = matcher.group(1);
    }

    @AfterAll
    static void close() {
        process.close();
        producer.close();
        kafka.close();
    }

    @Test
    void countsTheRecordsOfTheTopicsAndMeasuresFromThePaymentToItsScore() throws Exception {
        Payment payment = new Simulator(Simulator.Settings.defaults().withCustomers(50))
                .payments(0, 1)
                .map(SimulatedPayment::payment)
                .findFirst()
                .orElseThrow();
        try (PaymentProducer payments = new PaymentProducer(kafka.bootstrapServers(), JsonFormat.PLAIN)) {
            payments.send(payment);
            payments.flush();
        }
        ProducerRecord<String, String> score = new ProducerRecord<>(Topics.SCORES, "1", payment.toJson());
        long sent = System.currentTimeMillis() - 3_000;
        score.headers().add(Topics.SENT, Long.toString(sent).getBytes(StandardCharsets.UTF_8));
        producer.send(score);
        ProducerRecord<String, String> letter = new ProducerRecord<>(Topics.DEAD_LETTERS, "no payment");
        letter.headers().add(Topics.REASON, "not JSON".getBytes(StandardCharsets.UTF_8));
        producer.send(letter);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("metrics").body())
                        .contains(
                                "fraud_records_produced_total 1.0",
                                "fraud_payments_scored_total 1.0",
                                "fraud_dead_letters_total 1.0",
                                "fraud_lag_records 0.0",
                                "fraud_newest_event_timestamp_seconds "
                                        + (double) payment.time().getEpochSecond())
                        .containsPattern("fraud_score_latency_seconds\\{quantile=\"0.5\"\\} (3\\.|[4-9]|[1-9]\\d)"));
    }

    @Test
    void aQueryWithoutAStatusIsFailedAndOneWithAStatusIsUp() {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            tell("scoring", "RUNNING");
            HttpResponse<String> health = get("health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body())
                    .contains("\"scoring\":\"running\"")
                    .containsPattern("The query lake failed: no status for \\d+ s");
        });
    }

    @Test
    void acceptsTheAdditionalHostName() throws Exception {
        assertThat(statusLine("page:8282")).isEqualTo("HTTP/1.1 200 OK");
        assertThat(statusLine("elsewhere:8282")).isEqualTo("HTTP/1.1 403 Forbidden");
    }

    private static void tell(String query, String state) {
        producer.send(
                new ProducerRecord<>(
                        Topics.QUERIES,
                        query,
                        "{\"name\":\"" + query + "\",\"state\":\"" + state
                                + "\",\"failure\":\"\",\"started\":1,\"batch\":null,\"watermark\":null,\"stateRows\":0,\"stateBytes\":0}"));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Java's HTTP client does not allow to set the header Host. */
    private static String statusLine(String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
            socket.getOutputStream()
                    .write(("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
