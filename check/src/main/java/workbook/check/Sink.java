package workbook.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps what a query puts out; on demand it fails once, after it has written. */
final class Sink implements VoidFunction2<Dataset<Row>, Long> {

    private final transient List<Delivery> deliveries = new ArrayList<>();
    private boolean fails;
    private boolean hasFailed;

    @Override
    public void call(Dataset<Row> batch, Long id) {
        deliver(new Delivery(id, batch.collectAsList()));
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

    synchronized void forget(long upTo) {
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
