package workbook.recommend;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server for handlers of this machine. It accepts only the host names of this machine: otherwise another website could read
 * it through the user's browser, by DNS rebinding.
 */
final class ApiServer implements AutoCloseable {

    private static final int THREADS = 16;

    static {
        // With Nagle's algorithm, which is the default of the JDK's server, some answers wait 40 ms for an
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    /**
     * Starts to listen. Until a handler is added, there is no path.
     *
     * @param address of a network interface; {@code 127.0.0.1} for this machine only
     * @param port 0 for a free one
     */
    ApiServer(String address, int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The port " + port + " of " + address + " cannot be used: " + e.getMessage()
                            + ". --port chooses another.",
                    e);
        }
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The address for clients on this machine. */
    URI uri() {
        return StreamStore.uri("127.0.0.1", port());
    }

    /** Serves all paths that begin with this one. */
    void add(String path, HttpHandler handler) {
        server.createContext(path, handler).getFilters().add(new HostCheck());
    }

    private final class HostCheck extends Filter {

        private final Set<String> ours = Set.of("localhost:" + port(), "127.0.0.1:" + port(), "[::1]:" + port());

        @Override
        public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (host != null && ours.contains(host.toLowerCase(Locale.ROOT))) {
                chain.doFilter(exchange);
                return;
            }
            try (exchange) {
                byte[] body = ("{\"error\":\"Only the host names of this machine are accepted: " + uri() + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(403, body.length);
                exchange.getResponseBody().write(body);
            }
        }

        @Override
        public String description() {
            return "Refuses other hosts.";
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
