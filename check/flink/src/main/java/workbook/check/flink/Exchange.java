package workbook.check.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rows between a script and its job: those for the source, and those that have reached the sink. Source and sink run in
 * this JVM, but Flink copies them, so they find their exchange by its number.
 */
final class Exchange {

    private static final Map<Long, Exchange> ALL = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    private final long number = NEXT.incrementAndGet();
    private final List<Object> in = new ArrayList<>();
    private final List<Object> out = new ArrayList<>();
    private CompletableFuture<Void> added = new CompletableFuture<>();
    private CompletableFuture<Void> read = new CompletableFuture<>();

    private Exchange() {}

    static Exchange open() {
        Exchange exchange = new Exchange();
        ALL.put(exchange.number, exchange);
        return exchange;
    }

    static Exchange of(long number) {
        return ALL.get(number);
    }

    long number() {
        return number;
    }

    /** Adds rows for the source. The result is complete when it has passed all of them to the next operator. */
    synchronized CompletableFuture<Void> add(List<?> rows) {
        if (rows.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        in.addAll(rows);
        read = new CompletableFuture<>();
        CompletableFuture<Void> waiting = added;
        added = new CompletableFuture<>();
        waiting.complete(null);
        return read;
    }

    /** Complete when there are more rows than these. */
    synchronized CompletableFuture<Void> moreThan(int rows) {
        return in.size() > rows ? CompletableFuture.completedFuture(null) : added;
    }

    synchronized Object row(int position) {
        return in.get(position);
    }

    /** The source has passed on so many rows. */
    synchronized void read(int rows) {
        if (rows == in.size()) {
            read.complete(null);
        }
    }

    /** A row has reached the sink. */
    synchronized void write(Object row) {
        out.add(row);
    }

    /** The rows that have reached the sink since the last call. */
    synchronized List<Object> takeOutput() {
        List<Object> taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    void close() {
        ALL.remove(number);
    }
}
