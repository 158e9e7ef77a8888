package workbook.check.spark;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.script.SneakyThrow;

/**
 * Registers an answer's listener with the session. Spark delivers events asynchronously and only logs the exceptions of
 * listeners; this class waits for the events and rethrows the exceptions.
 */
final class ListenerProbe extends StreamingQueryListener {

    private static final long QUIET_MILLIS = 10_000;

    private final Supplier<StreamingQueryListener> listeners;
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    private volatile StreamingQueryListener listener;

    private ListenerProbe(Supplier<StreamingQueryListener> listeners) {
        this.listeners = listeners;
    }

    static ListenerProbe of(Supplier<StreamingQueryListener> listeners) {
        return new ListenerProbe(listeners);
    }

    static ListenerProbe none() {
        return new ListenerProbe(null);
    }

    /** Registers a new listener of the answer, before a query starts. */
    void open() {
        if (listeners != null) {
            close();
            listener = listeners.get();
            SharedSpark.session().streams().addListener(this);
        }
    }

    /** Waits until all events are delivered, and throws what the listener threw. */
    void awaitEvents() {
        if (listener == null) {
            return;
        }
        awaitQuiet();
        if (thrown.get() != null) {
            throw SneakyThrow.of(thrown.get());
        }
    }

    void close() {
        if (listener != null) {
            awaitQuiet(); // the next listener must not get the events of this query
            SharedSpark.session().streams().removeListener(this);
            listener = null;
        }
    }

    private static void awaitQuiet() {
        try {
            SharedSpark.session().sparkContext().listenerBus().waitUntilEmpty(QUIET_MILLIS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The listener did not process all events within 10 s.", e);
        }
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        capture(() -> listener.onQueryStarted(event));
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        capture(() -> listener.onQueryProgress(event));
    }

    @Override
    public void onQueryIdle(QueryIdleEvent event) {
        capture(() -> listener.onQueryIdle(event));
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        capture(() -> listener.onQueryTerminated(event));
    }

    private void capture(Runnable event) {
        try {
            event.run();
        } catch (Throwable t) {
            thrown.compareAndSet(null, t);
        }
    }
}
