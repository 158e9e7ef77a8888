package workbook.kit.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workbook.kit.schemas.Subjects.Version;

/**
 * The part of Confluent's REST API that writers and readers of records need, on a port of the loopback address: subjects,
 * versions, ids, compatibility checks and levels. Schemas are Avro's. Nothing can be deleted.
 */
final class RegistryServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    static {
        // The JDK's server sends headers and body as two packets. With Nagle's algorithm, the second waits 40 ms for
        // the first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Subjects subjects;
    private final HttpServer server;

    /** @param port 0 for any free one */
    RegistryServer(Subjects subjects, int port) {
        this.subjects = subjects;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The schema registry cannot listen on port " + port + ": " + e.getMessage()
                            + ". Choose another port, or name the registry that listens there: " + LocalRegistry.CHOICE
                            + "=http://127.0.0.1:" + port,
                    e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                send(exchange, 200, answer(exchange));
            } catch (RegistryException e) {
                send(exchange, e.status(), error(e.code(), e.getMessage()));
            } catch (RuntimeException e) {
                send(exchange, 500, error(500, "The registry failed: " + e));
            }
        }
    }

    private static Map<String, Object> error(int code, String message) {
        return Map.of("error_code", code, "message", message);
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private Object answer(HttpExchange exchange) {
        List<String> path = Arrays.stream(
                        exchange.getRequestURI().getRawPath().substring(1).split("/"))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        return switch (exchange.getRequestMethod() + " " + path.get(0)) {
            case "GET subjects" -> subjects(path);
            case "POST subjects" -> register(path, body(exchange));
            case "GET schemas" -> schemas(path);
            case "POST compatibility" -> compatibility(path, body(exchange), query.contains("verbose=true"));
            case "GET config" -> level(path, query.contains("defaultToGlobal=true"));
            case "PUT config" -> setLevel(path, body(exchange));
            default -> throw notFound(path);
        };
    }

    private Object subjects(List<String> path) {
        if (path.size() == 1) {
            return subjects.names();
        }
        if (path.size() == 3 && path.get(2).equals("versions")) {
            return subjects.versions(path.get(1)).stream().map(Version::version).toList();
        }
        if (path.size() == 4 && path.get(2).equals("versions")) {
            return subjects.version(path.get(1), path.get(3));
        }
        throw notFound(path);
    }

    private Object register(List<String> path, JsonNode body) {
        if (path.size() == 2) {
            return subjects.find(path.get(1), schema(body));
        }
        if (path.size() == 3 && path.get(2).equals("versions")) {
            return Map.of("id", subjects.register(path.get(1), schema(body)));
        }
        throw notFound(path);
    }

    private Object schemas(List<String> path) {
        if (path.size() == 3 && path.get(1).equals("ids") && path.get(2).matches("-?\\d{1,10}")) {
            return Map.of("schema", subjects.schema(Long.parseLong(path.get(2))));
        }
        throw notFound(path);
    }

    private Object compatibility(List<String> path, JsonNode body, boolean isVerbose) {
        boolean isKnown = path.size() == 4 || path.size() == 5;
        if (!isKnown || !path.get(1).equals("subjects") || !path.get(3).equals("versions")) {
            throw notFound(path);
        }
        Optional<String> version = path.size() == 5 ? Optional.of(path.get(4)) : Optional.empty();
        List<String> conflicts = subjects.conflicts(path.get(2), version, schema(body));
        return isVerbose
                ? Map.of("is_compatible", conflicts.isEmpty(), "messages", conflicts)
                : Map.of("is_compatible", conflicts.isEmpty());
    }

    private Object level(List<String> path, boolean isDefaultIncluded) {
        if (path.size() == 1) {
            return Map.of("compatibilityLevel", subjects.defaultLevel());
        }
        Optional<CompatibilityLevel> level = subjects.level(path.get(1));
        return Map.of(
                "compatibilityLevel",
                level.or(() -> isDefaultIncluded ? Optional.of(subjects.defaultLevel()) : Optional.empty())
                        .orElseThrow(() -> new RegistryException(
                                RegistryException.NO_LEVEL,
                                "The subject \"" + path.get(1) + "\" has no compatibility level of its own.")));
    }

    private Object setLevel(List<String> path, JsonNode body) {
        CompatibilityLevel level = level(body.path("compatibility").asText());
        if (path.size() == 1) {
            subjects.setDefaultLevel(level);
        } else {
            subjects.setLevel(path.get(1), level);
        }
        return Map.of("compatibility", level);
    }

    private static CompatibilityLevel level(String name) {
        return Arrays.stream(CompatibilityLevel.values())
                .filter(level -> level.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RegistryException(
                        RegistryException.INVALID_LEVEL,
                        "\"" + name + "\" is not a compatibility level: use one of "
                                + Arrays.toString(CompatibilityLevel.values()) + "."));
    }

    private static String schema(JsonNode body) {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryException(
                    RegistryException.INVALID_SCHEMA, "This registry has schemas of Avro only, not of " + type + ".");
        }
        return body.path("schema").asText();
    }

    private static JsonNode body(HttpExchange exchange) {
        try {
            return JSON.readTree(exchange.getRequestBody());
        } catch (IOException e) {
            throw new RegistryException(400, "The request is not JSON: " + e.getMessage());
        }
    }

    private static RegistryException notFound(List<String> path) {
        return new RegistryException(404, "There is no /" + String.join("/", path) + " here.");
    }
}
