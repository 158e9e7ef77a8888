package workbook.capstone.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.capstone.monitoring.ModelMonitoring;
import workbook.capstone.monitoring.Snapshot;

/** The page over HTTP. */
class LivePageTest {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final LivePage page = LivePage.open("127.0.0.1", 0);
    private final AtomicReference<Snapshot> snapshot = new AtomicReference<>();

    /** A raw response: status line with headers, and body. */
    private record Answer(String head, String body) {
        int status() {
            return Integer.parseInt(head.split(" ")[1]);
        }
    }

    @AfterEach
    void close() {
        page.close();
    }

    private String host() {
        return "127.0.0.1:" + page.port();
    }

    private Answer get(String path) throws IOException {
        return ask("GET", path, "Host: " + host());
    }

    /** Sends a raw request: Java's HTTP client does not allow to set the header Host. */
    private Answer ask(String method, String path, String... headers) throws IOException {
        try (Socket socket = connect("127.0.0.1")) {
            request(socket, method, path, headers);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(answer.substring(0, end), answer.substring(end + 4));
        }
    }

    private Socket connect(String address) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address, page.port()), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void request(Socket socket, String method, String path, String... headers) throws IOException {
        socket.getOutputStream()
                .write((method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                                + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void follow(Snapshot first) {
        snapshot.set(first);
        page.follow(snapshot::get);
        await().until(() -> get("/metrics").body().contains("fraud_payments_scored_total " + first.scored() + ".0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.css", "/page.js", "/chart.js", "/icon.svg", "/metrics"})
    void everyResponseHasTheSecurityHeaders(String path) throws IOException {
        Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isNotEmpty();
        assertThat(answer.head())
                .contains(
                        "Content-Security-Policy: default-src 'self'; base-uri 'none'",
                        "X-Content-Type-Options: nosniff",
                        "Cross-Origin-Resource-Policy: same-origin");
    }

    @Test
    void acceptsOnlyTheHostNamesOfThisMachine() throws IOException {
        for (String name : List.of("127.0.0.1", "localhost", "LOCALHOST", "[::1]")) {
            assertThat(ask("GET", "/", "Host: " + name + ":" + page.port()).status())
                    .as(name)
                    .isEqualTo(200);
        }
        for (String name : List.of(
                "workbook.example:" + page.port(),
                "localhost.example:" + page.port(),
                "127.0.0.1",
                "127.0.0.1:" + (page.port() + 1),
                "[::2]:" + page.port(),
                "0.0.0.0:" + page.port())) {
            Answer answer = ask("GET", "/metrics", "Host: " + name);
            assertThat(answer.status()).as(name).isEqualTo(403);
            assertThat(answer.body())
                    .isEqualTo("This page accepts only the host names of this machine: " + page.url() + "\n");
        }
    }

    @Test
    void refusesCrossOriginRequests() throws IOException {
        for (String origin : List.of(
                "https://workbook.example", "http://127.0.0.1:" + (page.port() + 1), "null", "https://" + host())) {
            Answer answer = ask("GET", "/events", "Host: " + host(), "Origin: " + origin, "Accept: text/event-stream");
            assertThat(answer.status()).as(origin).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("This page accepts no cross-origin requests.\n");
        }
        assertThat(ask("GET", "/health", "Host: " + host(), "Origin: http://" + host())
                        .status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"})
    void acceptsOnlyGet(String method) throws IOException {
        assertThat(ask(method, "/health", "Host: " + host()).status()).isEqualTo(405);
    }

    @Test
    void anUnknownPathIsNotFound() throws IOException {
        Answer answer = get("/nothing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("Not found. The page is at " + page.url() + "\n");
    }

    @Test
    void isNotReachableFromOtherMachines() throws IOException {
        Optional<String> elsewhere = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeTrue(elsewhere.isPresent(), "Skipped: this machine has no address but loopback");
        assertThatThrownBy(() -> connect(elsewhere.get())).isInstanceOf(ConnectException.class);
    }

    @Test
    void healthFollowsThePipeline() throws IOException {
        Answer before = get("/health");
        assertThat(before.status()).isEqualTo(503);
        assertThat(JSON.readTree(before.body()).get("problems").get(0).textValue())
                .isEqualTo("The pipeline has not started yet.");

        follow(Snapshots.at(Instant.now(), 100, 3));
        Answer well = get("/health");
        assertThat(well.status()).isEqualTo(200);
        assertThat(JSON.readTree(well.body())).isEqualTo(JSON.readTree("""
                {"status": "up", "problems": [], "queries": {"scoring": "running", "features": "idle"}, "lag": 3}"""));

        snapshot.set(Snapshots.of(Instant.now(), 101, 3, List.of(Snapshots.failed("Disk full"))));
        await().until(() -> get("/health").status() == 503);
        assertThat(JSON.readTree(get("/health").body())
                        .get("queries")
                        .get("lake")
                        .textValue())
                .isEqualTo("failed: Disk full");
    }

    @Test
    void aStaleSnapshotIsDown() throws IOException {
        follow(Snapshots.at(Instant.now().minusSeconds(11), 100, 0));
        assertThat(get("/health").status()).isEqualTo(503);
        assertThat(get("/health").body()).contains("No data from the pipeline since ");
    }

    @Test
    void aFailedSnapshotIsSkipped() {
        AtomicBoolean failed = new AtomicBoolean();
        page.follow(() -> {
            if (!failed.getAndSet(true)) {
                throw new IllegalStateException("not this time");
            }
            return Snapshots.at(Instant.now(), 100, 0);
        });
        await().until(() -> get("/health").status() == 200);
    }

    @Test
    void eventsSendTheHistoryAndThenEachSnapshot() throws IOException {
        follow(Snapshots.at(Instant.now(), 100, 3));
        try (Socket socket = connect("127.0.0.1")) {
            request(socket, "GET", "/events", "Host: " + host(), "Accept: text/event-stream");
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            JsonNode history = next(lines, "history");
            assertThat(history.get(history.size() - 1).get("toScore").get("p99").doubleValue())
                    .isEqualTo(9.2);
            assertThat(next(lines, "figures").get("snapshot").get("scored").longValue())
                    .isEqualTo(100);

            snapshot.set(Snapshots.at(Instant.parse("2026-01-05T10:00:00.5Z"), 400, 0));
            JsonNode figures = next(lines, "figures");
            while (figures.get("snapshot").get("scored").longValue() == 100) {
                figures = next(lines, "figures");
            }
            assertThat(figures.get("snapshot").get("scored").longValue()).isEqualTo(400);
            assertThat(figures.get("snapshot").get("time").longValue()).isEqualTo(1_767_607_200_500L);
            assertThat(figures.get("snapshot")
                            .get("queries")
                            .get(1)
                            .get("stateRows")
                            .longValue())
                    .isEqualTo(42_000);
            assertThat(figures.get("snapshot")
                            .get("newestAlerts")
                            .get(0)
                            .get("amount")
                            .decimalValue())
                    .isEqualByComparingTo("230.50");
            assertThat(figures.get("health").get("status").textValue()).isEqualTo("up");
        }
    }

    /** The gold tables are there only at the end of a run. */
    @Test
    void closingThePageSendsALastSnapshotWithTheNewestDaysOfTheModel() throws IOException {
        AtomicReference<ModelMonitoring> model = new AtomicReference<>(ModelMonitoring.NONE);
        snapshot.set(Snapshots.at(Instant.now(), 100, 3));
        page.follow(snapshot::get, model::get, "");
        try (Socket socket = connect("127.0.0.1")) {
            request(socket, "GET", "/events", "Host: " + host(), "Accept: text/event-stream");
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(next(lines, "figures").get("model").get("quality")).isEmpty();

            model.set(Snapshots.MODEL);
            page.close();
            JsonNode last = next(lines, "figures");
            while (last.get("model").get("quality").isEmpty()) {
                last = next(lines, "figures");
            }
            assertThat(last.get("model").get("quality").get(1).get("rocAuc").doubleValue())
                    .isEqualTo(0.8714);
            assertThat(last.get("model").get("drift").get(1).get("moved").booleanValue())
                    .isTrue();
        }
    }

    private static JsonNode next(BufferedReader lines, String event) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("event: " + event)) {
                return JSON.readTree(lines.readLine().substring("data: ".length()));
            }
        }
        throw new AssertionError("The stream ended before the event " + event);
    }

    @Test
    void aViewerThatDoesNotReadBlocksNoOther() throws IOException {
        try (Socket asleep = connect("127.0.0.1")) {
            request(asleep, "GET", "/events", "Host: " + host(), "Accept: text/event-stream");
            // More than all buffers hold: the writer waits for the reader.
            String tooLong = "x".repeat(32_000_000);
            follow(Snapshots.of(Instant.now(), 100, 3, List.of(Snapshots.failed(tooLong))));
            snapshot.set(Snapshots.at(Instant.now(), 400, 0));
            await().until(() -> get("/metrics").body().contains("fraud_payments_scored_total 400.0"));

            await().until(() -> viewers() == 1);
            page.close();
            await().until(() -> viewers() == 0); // on a busy machine, its thread ends a moment after the server
        }
    }

    private static long viewers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(LivePage.VIEWER))
                .count();
    }

    @Test
    void closingThePageEndsItsStreams() throws IOException {
        try (Socket socket = connect("127.0.0.1")) {
            request(socket, "GET", "/events", "Host: " + host(), "Accept: text/event-stream");
            assertThat(socket.getInputStream().read()).isPositive();
            int port = page.port();
            await().until(() -> viewers() == 1);
            page.close();
            assertThat(viewers()).isZero();
            assertThat(socket.getInputStream().readAllBytes())
                    .isNotNull(); // returns at the end of the stream, otherwise times out
            assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aPortInUseIsReported() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> LivePage.open("127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(LivePage.CannotListenException.class)
                    .hasMessage(
                            "The live page cannot listen on 127.0.0.1:%d: Address already in use.",
                            taken.getLocalPort());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.host.invalid", "192.0.2.1"})
    void anAddressOfAnotherMachineIsReported(String address) {
        assertThatThrownBy(() -> LivePage.open(address, 0))
                .isInstanceOf(LivePage.CannotListenException.class)
                .hasMessageStartingWith("The live page cannot listen on " + address + ":0: ")
                .hasMessageNotContaining("in use");
    }
}
