package workbook.kit.schemas;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A schema registry for programs and tests of the workbook. The environment variable {@code WORKBOOK_REGISTRY} selects it:
 * unset, it runs in this JVM, and without a file forgets everything at its end; a URL such as {@code http://127.0.0.1:8081} is that of your
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
        return start(choice());
    }

    /**
     * Like {@link #start()}, but a registry in this JVM keeps its schemas in a file, so that ids mean the same after a restart.
     *
     * @param file created with the first schema
     * @param port of the loopback address; 0 for any free one
     * @throws UncheckedIOException if the file cannot be read, or the port is in use
     */
    public static LocalRegistry start(Path file, int port) {
        StateFile kept = new StateFile(file);
        return choice().isEmpty() ? start(new Subjects(kept.read(), kept::write), port) : start(choice());
    }

    /** Whether the environment names a registry. */
    public static boolean isNamed() {
        return !choice().isEmpty();
    }

    private static String choice() {
        return Optional.ofNullable(System.getenv(CHOICE)).orElse("");
    }

    private static LocalRegistry start(Subjects subjects, int port) {
        RegistryServer server = new RegistryServer(subjects, port);
        return new LocalRegistry(server.url(), server::close);
    }

    static LocalRegistry start(String choice) {
        if (choice.isEmpty()) {
            return start(new Subjects(State.EMPTY, state -> {}), 0);
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
