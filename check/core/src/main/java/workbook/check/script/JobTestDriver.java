package workbook.check.script;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The test driver of a {@link Job}: runs the job once per batch. */
final class JobTestDriver implements TestDriver {

    private final Job job;

    JobTestDriver(Job job) {
        this.job = job;
    }

    @Override
    public void start() {
        // Each batch starts the job.
    }

    @Override
    public void restart() {
        // Each batch starts the job anew.
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
        throw new IllegalStateException("A script cannot access the sink of a job: let it fail in Job.run().");
    }

    @Override
    public boolean isCumulative() {
        return true;
    }

    @Override
    public void close() {
        // The job has ended with its batch.
    }
}
