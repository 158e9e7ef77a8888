package workbook.capstone.monitoring.page;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Lets in who asks for the page by its own name. A page elsewhere on the web could otherwise read this one through the
 * browser that shows both: by a name of its own that it lets point here, or by a request of its script.
 */
final class Guard implements Handler {

    private static final int HTTP = 80;

    private final IntSupplier port;
    private final Set<String> names;

    /**
     * @param port on which the page listens, known once it does
     * @param names further ones by which it may be asked for, with their ports
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
            refuse(request, 403, "This page answers only under the names of this machine itself: " + url() + "\n");
        } else if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            refuse(request, 403, "This page answers no script of another page.\n");
        } else if (request.method() != HandlerType.GET) {
            request.header("Allow", "GET");
            refuse(request, 405, "This page can be read, and nothing else.\n");
        }
    }

    private Set<String> ours() {
        return Set.of("localhost" + suffix(), "127.0.0.1" + suffix(), "[::1]" + suffix());
    }

    /** Clients leave out the port that everyone knows. */
    private String suffix() {
        return port.getAsInt() == HTTP ? "" : ":" + port.getAsInt();
    }

    /** The page's address, for a browser on this machine. */
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
