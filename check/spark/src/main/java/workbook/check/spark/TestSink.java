package workbook.check.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A sink that collects a query's output, or passes it to the answer's own sink. It can fail once after it has written. */
final class TestSink implements VoidFunction2<Dataset<Row>, Long> {

    private final transient List<WrittenBatch> written = new ArrayList<>();
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

    /** Creates a new sink of the answer, before a query starts. */
    void open() {
        writer = writers == null ? null : writers.get();
    }

    @Override
    public void call(Dataset<Row> batch, Long id) throws Exception {
        if (writers == null) {
            add(new WrittenBatch(id, batch.collectAsList()));
        } else {
            writer.call(batch, id);
            add(new WrittenBatch(id, List.of()));
        }
        afterEachBatch.run();
    }

    /** Sets an action that runs after each batch, before Spark plans the next one. */
    void afterEachBatch(Runnable work) {
        afterEachBatch = work;
    }

    /** Lets the sink throw after it has written the next batch. */
    synchronized void failOnce() {
        fails = true;
        hasFailed = false;
    }

    synchronized boolean hasFailed() {
        return hasFailed;
    }

    /** The rows up to a batch id of Spark. */
    synchronized List<Row> rows(long upTo) {
        return written.stream()
                .filter(batch -> batch.batch() <= upTo)
                .flatMap(batch -> batch.rows().stream())
                .toList();
    }

    /** The rows of each batch. */
    synchronized List<List<Row>> batches() {
        return written.stream().map(WrittenBatch::rows).toList();
    }

    synchronized void removeUpTo(long upTo) {
        written.removeIf(batch -> batch.batch() <= upTo);
    }

    private synchronized void add(WrittenBatch batch) {
        written.add(batch);
        if (fails) {
            fails = false;
            hasFailed = true;
            throw new IllegalStateException("The sink fails, as the script requires.");
        }
    }

    private record WrittenBatch(long batch, List<Row> rows) {}
}
