package workbook.kit.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A client of a schema registry. Each method throws {@link RegistryException} if the registry's answer is an error, and
 * {@link UncheckedIOException} if there is no answer.
 *
 * @param url such as {@code http://127.0.0.1:8081}
 */
public final class RegistryClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final String url;

    public RegistryClient(String url) {
        this.url = url;
    }

    /** Registers a schema as the subject's newest version, unless the subject has it. Returns its id. */
    public int register(String subject, Schema schema) {
        return register(subject, schema.toString());
    }

    /** Like {@link #register(String, Schema)}, with the schema as it is written in a file. */
    public int register(String subject, String schema) {
        return call("POST", subject(subject) + "/versions", Map.of("schema", schema))
                .path("id")
                .asInt();
    }

    /** The schema with this id. It never changes, so it is asked for once. */
    public Schema schema(int id) {
        return schemas.computeIfAbsent(
                id,
                key -> new Schema.Parser()
                        .parse(call("GET", "/schemas/ids/" + key).path("schema").asText()));
    }

    /** The numbers of the subject's versions. */
    public List<Integer> versions(String subject) {
        List<Integer> versions = new ArrayList<>();
        call("GET", subject(subject) + "/versions").forEach(version -> versions.add(version.asInt()));
        return versions;
    }

    /** The number of the subject's version with this schema. */
    public int version(String subject, Schema schema) {
        return call("POST", subject(subject), Map.of("schema", schema.toString()))
                .path("version")
                .asInt();
    }

    /** Sets the level of this subject. */
    public void setLevel(String subject, CompatibilityLevel level) {
        call("PUT", "/config/" + encoded(subject), Map.of("compatibility", level));
    }

    private static String subject(String name) {
        return "/subjects/" + encoded(name);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends a request without a body. */
    JsonNode call(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()).build());
    }

    /** Sends a request with this body, as JSON. */
    JsonNode call(String method, String path, Object body) {
        try {
            return send(request(path)
                    .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json");
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new RegistryException(
                        answer.path("error_code").asInt(response.statusCode()),
                        answer.path("message").asText());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("No schema registry answers at " + url + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the schema registry", e);
        }
    }
}
