package workbook.check.script;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A driver for an answer that runs by itself, from its start to its end in every batch. */
final class JobTestDriver implements TestDriver {

    private final Job job;

    JobTestDriver(Job job) {
        this.job = job;
    }

    @Override
    public void start() {
        // A job starts with each batch.
    }

    @Override
    public void restart() {
        // Every run is a new start.
    }

    @Override
    public BatchResult runBatch(Map<String, List<ScriptRow>> rows, Predicate<BatchResult> isExpected) {
        try {
            job.addInput(rows.values().stream().flatMap(List::stream).toList());
            long start = System.nanoTime();
            job.run();
            long millis = (System.nanoTime() - start) / 1_000_000;
            return new BatchResult(List.copyOf(job.output()), BatchResult.Metrics.lasting(millis));
        } catch (Exception e) {
            throw SneakyThrow.of(e);
        }
    }

    @Override
    public List<ScriptRow> runBatchWithSinkFailure(Map<String, List<ScriptRow>> rows) {
        throw new IllegalStateException("A job has its sink to itself: let it fail in Job.run().");
    }

    @Override
    public boolean isCumulative() {
        return true;
    }

    @Override
    public void close() {
        // A job ends with each batch.
    }
}
