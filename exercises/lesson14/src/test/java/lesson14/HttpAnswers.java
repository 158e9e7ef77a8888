package lesson14;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

/** A handler on a free port of the loopback address, and its answers in short. */
final class HttpAnswers implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FIELDS = List.of("customer", "source", "version", "age", "terminals");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, CompletableFuture<HttpResponse<String>>> sent = new LinkedHashMap<>();
    private final HttpServer server;

    HttpAnswers(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.setExecutor(threads);
        server.start();
    }

    /** Returns the answer to {@code GET /path}, or why there is none. */
    String get(String request, Duration patience) throws InterruptedException {
        return text(request, start(request), patience);
    }

    /** Sends a request, and returns when it is answered or {@code held}. */
    void send(String request, CompletableFuture<Void> held) {
        CompletableFuture<HttpResponse<String>> response = start(request);
        sent.put(request, response);
        CompletableFuture.anyOf(response.exceptionally(e -> null), held)
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(e -> null)
                .join();
    }

    /** Returns the answers to the requests that were sent, in their order. */
    Map<String, String> sent() throws InterruptedException {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Map.Entry<String, CompletableFuture<HttpResponse<String>>> one : sent.entrySet()) {
            answers.put(one.getKey(), text(one.getKey(), one.getValue(), Duration.ofSeconds(10)));
        }
        return answers;
    }

    private CompletableFuture<HttpResponse<String>> start(String request) {
        String[] words = request.split(" ");
        URI uri = URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + words[1]);
        return CLIENT.sendAsync(
                HttpRequest.newBuilder(uri)
                        .method(words[0], BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static String text(String request, CompletableFuture<HttpResponse<String>> response, Duration patience)
            throws InterruptedException {
        try {
            return text(request, response.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return "the connection was closed without an answer";
        } catch (TimeoutException e) {
            return "no answer within " + patience.toSeconds() + " s";
        }
    }

    private static String text(String request, HttpResponse<String> response) {
        String type = header(response, "Content-Type");
        String shown = type.startsWith("application/json") ? "" : ", Content-Type: " + type;
        try {
            JsonNode body = JSON.readTree(response.body());
            return response.statusCode() + " " + (body.isObject() ? text(request, response, body) : body) + shown;
        } catch (IOException e) {
            return response.statusCode() + " not JSON: " + response.body() + shown;
        }
    }

    private static String text(String request, HttpResponse<String> response, JsonNode body) {
        return switch (response.statusCode()) {
            case 200 -> list(request, body);
            case 307 -> header(response, "Location");
            case 405 -> error(body) + ", Allow: " + header(response, "Allow");
            case 503 -> error(body) + ", Retry-After: " + header(response, "Retry-After");
            default -> error(body);
        };
    }

    private static String list(String request, JsonNode body) {
        List<String> names = body.properties().stream().map(Map.Entry::getKey).toList();
        boolean isComplete = names.size() == FIELDS.size()
                && names.containsAll(FIELDS)
                && request.matches("GET /recommendations/" + body.get("customer") + "([?].*)?")
                && body.get("customer").isInt()
                && body.get("source").isTextual()
                && body.get("version").isTextual()
                && body.get("age").isIntegralNumber()
                && body.get("terminals").isArray();
        if (!isComplete) {
            return body.toString();
        }
        StringBuilder terminals = new StringBuilder();
        StreamSupport.stream(body.get("terminals").spliterator(), false)
                .forEach(terminal -> terminals.append(' ').append(terminal));
        return "%s %s, age %d:%s"
                .formatted(
                        body.get("source").textValue(),
                        body.get("version").textValue(),
                        body.get("age").longValue(),
                        terminals);
    }

    private static String error(JsonNode body) {
        boolean isError = body.path("error").isTextual()
                && !body.get("error").textValue().isBlank()
                && !body.toString().contains(ScriptedStore.SECRET);
        return isError ? "error" : body.toString();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
