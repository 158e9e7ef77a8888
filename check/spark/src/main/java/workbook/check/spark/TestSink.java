package workbook.check.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps what a query puts out, or hands it on to an answer that writes it; on demand it fails once, afterEachBatch. */
final class TestSink implements VoidFunction2<Dataset<Row>, Long> {

    private final transient List<Delivery> deliveries = new ArrayList<>();
    private final transient Supplier<VoidFunction2<Dataset<Row>, Long>> writers;
    private transient VoidFunction2<Dataset<Row>, Long> writer;
    private transient Runnable afterEachBatch = () -> {};
    private boolean fails;
    private boolean hasFailed;

    private TestSink(Supplier<VoidFunction2<Dataset<Row>, Long>> writers) {
        this.writers = writers;
    }

    static TestSink collecting() {
        return new TestSink(null);
    }

    static TestSink delegating(Supplier<VoidFunction2<Dataset<Row>, Long>> writers) {
        return new TestSink(writers);
    }

    /** A query begins; whoever writes is asked for anew. */
    void open() {
        writer = writers == null ? null : writers.get();
    }

    @Override
    public void call(Dataset<Row> batch, Long id) throws Exception {
        if (writers == null) {
            deliver(new Delivery(id, batch.collectAsList()));
        } else {
            writer.call(batch, id);
            deliver(new Delivery(id, List.of()));
        }
        afterEachBatch.run();
    }

    /** What to do whenever a batch has come, before Spark plans the next one. */
    void afterEachBatch(Runnable work) {
        afterEachBatch = work;
    }

    /** The next batch will be written, and then the sink throws. */
    synchronized void failOnce() {
        fails = true;
        hasFailed = false;
    }

    synchronized boolean hasFailed() {
        return hasFailed;
    }

    /** What came up to a batch of Spark's own count. */
    synchronized List<Row> rows(long upTo) {
        return deliveries.stream()
                .filter(delivery -> delivery.batch() <= upTo)
                .flatMap(delivery -> delivery.rows().stream())
                .toList();
    }

    /** What came, batch by batch. */
    synchronized List<List<Row>> batches() {
        return deliveries.stream().map(Delivery::rows).toList();
    }

    synchronized void removeUpTo(long upTo) {
        deliveries.removeIf(delivery -> delivery.batch() <= upTo);
    }

    private synchronized void deliver(Delivery delivery) {
        deliveries.add(delivery);
        if (fails) {
            fails = false;
            hasFailed = true;
            throw new IllegalStateException("The sink fails here, as the story tells.");
        }
    }

    private record Delivery(long batch, List<Row> rows) {}
}
