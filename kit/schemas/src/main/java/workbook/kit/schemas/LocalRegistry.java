package workbook.kit.schemas;

import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A schema registry for programs and tests of the workbook. The environment variable {@code WORKBOOK_REGISTRY} selects it:
 * unset, it runs in this JVM and forgets everything at its end; a URL such as {@code http://127.0.0.1:8081} is that of your
 * own registry, which keeps running.
 */
public final class LocalRegistry implements AutoCloseable {

    /** The environment variable that selects the registry. */
    public static final String CHOICE = "WORKBOOK_REGISTRY";

    private final String url;
    private final Runnable stop;

    private LocalRegistry(String url, Runnable stop) {
        this.url = url;
        this.stop = stop;
    }

    /**
     * Starts a registry in this JVM, or connects to the one that {@code WORKBOOK_REGISTRY} names.
     *
     * @throws IllegalArgumentException if that is not the URL of a registry; the message says what to do
     */
    public static LocalRegistry start() {
        return start(Optional.ofNullable(System.getenv(CHOICE)).orElse(""));
    }

    static LocalRegistry start(String choice) {
        if (choice.isEmpty()) {
            RegistryServer server = new RegistryServer();
            return new LocalRegistry(server.url(), server::close);
        }
        String url = choice.replaceAll("/+$", "");
        try {
            new RegistryClient(url).call("GET", "/subjects");
        } catch (IllegalArgumentException | UncheckedIOException | RegistryException e) {
            throw new IllegalArgumentException(
                    "No schema registry answers at " + url + " (" + CHOICE + "). Start it, correct the URL, or unset "
                            + CHOICE + " to use a registry in this JVM.",
                    e);
        }
        return new LocalRegistry(url, () -> {});
    }

    /** The address for clients. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        stop.run();
    }
}
