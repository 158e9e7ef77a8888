package workbook.capstone.monitoring.page;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.util.AsyncExecutor;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import workbook.capstone.monitoring.Json;
import workbook.capstone.monitoring.ModelMonitoring;
import workbook.capstone.monitoring.Snapshot;

/**
 * The live page of a running pipeline, for a browser on the same machine. It is read-only:
 * <ul>
 * <li>{@code /}: the page; it receives a snapshot per second as server-sent events from {@code /events};
 * <li>{@code /metrics}: the same for Prometheus;
 * <li>{@code /health}: {@link Health} as JSON, with status 200, or 503 if the pipeline is down or not started yet.
 * </ul>
 */
public final class LivePage implements AutoCloseable {

    private static final String CHARTS = "chart.js";
    /** Each viewer takes a thread. This is enough for a few browsers with tabs. */
    private static final int MOST_VIEWERS = 32;

    private static final long PATIENCE_SECONDS = 5;
    private static final long LAST_UPDATE_SECONDS = 1;
    static final String VIEWER = "viewer of the live page";

    private final SnapshotPublisher publisher = new SnapshotPublisher();
    private final Metrics metrics = new Metrics();
    private final Semaphore seats = new Semaphore(MOST_VIEWERS);
    private final ExecutorService viewers = Executors.newCachedThreadPool(work -> new Thread(work, VIEWER));
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor();
    private final Guard guard;
    private final Javalin server;
    private Runnable refresh = () -> {};
    private String lastFailure;

    private LivePage(Set<String> names) {
        guard = new Guard(this::port, names);
        server = Javalin.create(this::configure);
    }

    /**
     * Starts to listen. Until it {@link #follow follows} a pipeline, it shows that none has started.
     *
     * @param address such as 127.0.0.1, reachable from this machine only
     * @param port 0 for any free port
     * @throws CannotListenException if it cannot listen there
     */
    public static LivePage open(String address, int port) {
        return open(address, port, Set.of());
    }

    /**
     * Starts to listen, and accepts additional host names.
     *
     * @param names each with its port, such as {@code page:8282}
     */
    public static LivePage open(String address, int port, Set<String> names) {
        LivePage page = new LivePage(names);
        try {
            page.server.start(address, port);
            return page;
        } catch (JavalinException e) {
            page.close();
            throw new CannotListenException(
                    "The live page cannot listen on " + address + ":" + port + ": " + reason(e) + ".", e);
        }
    }

    /** Shows a snapshot of this supplier once a second, until the page is closed. */
    public void follow(Supplier<Snapshot> source) {
        follow(source, () -> ModelMonitoring.NONE, "");
    }

    /**
     * Shows snapshots, and the model's newest days.
     *
     * @param line above them; none if it is empty
     */
    public void follow(Supplier<Snapshot> source, Supplier<ModelMonitoring> model, String line) {
        publisher.setLine(line);
        refresh = () -> refresh(source, model);
        ticking.scheduleAtFixedRate(refresh, 0, 1, TimeUnit.SECONDS);
    }

    /** A failed snapshot is skipped; {@code /health} reports when all fail. Closing the page calls it from another thread. */
    private synchronized void refresh(Supplier<Snapshot> source, Supplier<ModelMonitoring> model) {
        try {
            Snapshot snapshot = source.get();
            metrics.update(snapshot);
            publisher.publish(snapshot, model.get());
        } catch (RuntimeException e) {
            if (!e.toString().equals(lastFailure)) {
                lastFailure = e.toString();
                System.err.println("The live page cannot be updated: " + lastFailure);
            }
        }
    }

    /** Returns the URL for a browser on this machine, such as {@code http://127.0.0.1:8282/}. */
    public String url() {
        return guard.url();
    }

    int port() {
        return server.port();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.appData(AsyncExecutor.getAsyncExecutorKey(), new AsyncExecutor(viewers));
        config.routes.before(guard);
        serve(config, "/", "text/html", resource("page.html"));
        serve(config, "/page.css", "text/css", resource("page.css"));
        serve(config, "/page.js", "text/javascript", resource("page.js"));
        serve(config, "/icon.svg", "image/svg+xml", resource("icon.svg"));
        serve(config, "/chart.js", "text/javascript", resource(charts()));
        config.routes.sse("/events", this::stream);
        config.routes.get(
                "/metrics",
                request -> request.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(metrics.text()));
        config.routes.get("/health", this::health);
        config.routes.error(
                404,
                request -> request.contentType("text/plain; charset=utf-8")
                        .result("Not found. The page is at " + url() + "\n"));
    }

    private static void serve(JavalinConfig config, String path, String type, byte[] content) {
        config.routes.get(
                path, request -> request.contentType(type + "; charset=utf-8").result(content));
    }

    private void health(Context request) {
        Health health = publisher.health(Instant.now());
        request.status(health.isUp() ? 200 : 503)
                .contentType("application/json")
                .result(Json.write(health));
    }

    /** Runs on the viewer's own thread, so a slow viewer blocks no other. */
    private void stream(SseClient viewer) {
        if (!seats.tryAcquire()) {
            viewer.sendEvent("full", "");
            return;
        }
        try {
            viewer.sendEvent("history", publisher.history());
            sendUpdates(viewer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            seats.release();
        }
    }

    private void sendUpdates(SseClient viewer) throws InterruptedException {
        Optional<SnapshotPublisher.Update> update = publisher.awaitAfter(0);
        while (update.isPresent() && !viewer.terminated()) {
            viewer.sendEvent("figures", update.get().json());
            update = publisher.awaitAfter(update.get().number());
        }
    }

    /** Returns the path of the bundle, which contains the version. */
    private static String charts() {
        Properties properties = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/" + CHARTS + "/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/" + CHARTS + "/" + properties.getProperty("version")
                + "/dist/chart.umd.min.js";
    }

    private static byte[] resource(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = LivePage.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("The resource " + name + " of the live page is not on the class path");
        }
        return in;
    }

    /** The innermost cause has the operating system's message, or its class names the problem. */
    private static String reason(Throwable e) {
        if (e.getCause() != null) {
            return reason(e.getCause());
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /**
     * Sends a last snapshot, which browsers keep showing: the gold tables of a run are written at its end. Then stops the
     * viewers, and last the server. Otherwise Javalin keeps writing to requests that the server has already closed, in a
     * loop that uses a whole core.
     */
    @Override
    public void close() {
        ticking.shutdownNow();
        refresh.run();
        publisher.close();
        viewers.shutdown();
        try {
            viewers.awaitTermination(LAST_UPDATE_SECONDS, TimeUnit.SECONDS);
            viewers.shutdownNow();
            viewers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
    }

    /** Thrown when the page cannot listen. The message says why. */
    public static final class CannotListenException extends RuntimeException {
        CannotListenException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
