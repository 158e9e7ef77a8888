package workbook.capstone.monitoring.page;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Refuses requests with a foreign {@code Host} or {@code Origin}. Otherwise another website could read this page
 * through the user's browser: by DNS rebinding, or by a cross-origin request.
 */
final class Guard implements Handler {

    private static final int HTTP = 80;

    private final IntSupplier port;
    private final Set<String> names;

    /**
     * @param port of the page, known once it listens
     * @param names additional accepted hosts, with their ports
     */
    Guard(IntSupplier port, Set<String> names) {
        this.port = port;
        this.names = names;
    }

    @Override
    public void handle(Context request) {
        request.header(
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        request.header("X-Content-Type-Options", "nosniff");
        request.header("Cross-Origin-Resource-Policy", "same-origin");
        request.header("Referrer-Policy", "no-referrer");
        request.header("Cache-Control", "no-store");
        String host = request.header("Host");
        String origin = request.header("Origin");
        if (host == null || !(ours().contains(host.toLowerCase(Locale.ROOT)) || names.contains(host))) {
            refuse(request, 403, "This page accepts only the host names of this machine: " + url() + "\n");
        } else if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            refuse(request, 403, "This page accepts no cross-origin requests.\n");
        } else if (request.method() != HandlerType.GET) {
            request.header("Allow", "GET");
            refuse(request, 405, "This page is read-only.\n");
        }
    }

    private Set<String> ours() {
        return Set.of("localhost" + suffix(), "127.0.0.1" + suffix(), "[::1]" + suffix());
    }

    /** Clients omit the default port. */
    private String suffix() {
        return port.getAsInt() == HTTP ? "" : ":" + port.getAsInt();
    }

    /** Returns the page's URL, for a browser on this machine. */
    String url() {
        return "http://127.0.0.1" + suffix() + "/";
    }

    private static void refuse(Context request, int status, String sentence) {
        request.status(status)
                .contentType("text/plain; charset=utf-8")
                .result(sentence)
                .skipRemainingHandlers();
    }
}
