package workbook.check.spark;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.script.SneakyThrow;

/**
 * Lets an answer listen to the session's queries. Spark tells listeners later, on a thread of its own, and only logs what
 * they throw; here both can be waited for.
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

    /** A query is about to begin; whoever listens is asked for anew. */
    void open() {
        if (listeners != null) {
            close();
            listener = listeners.get();
            SharedSpark.session().streams().addListener(this);
        }
    }

    /** Waits until all that has happened has been heard, and throws what the listener threw. */
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
            awaitQuiet(); // what the last query did is not for the next listener
            SharedSpark.session().streams().removeListener(this);
            listener = null;
        }
    }

    private static void awaitQuiet() {
        try {
            SharedSpark.session().sparkContext().listenerBus().waitUntilEmpty(QUIET_MILLIS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The listener has not come to an end.", e);
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
