package workbook.check.script;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A stage for an answer that runs by itself, from its start to its end in every batch. */
final class JobStage implements EngineStage {

    private final Job job;

    JobStage(Job job) {
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
    public Outcome feed(Map<String, List<StoryRow>> rows, Predicate<Outcome> isExpected) {
        try {
            job.feed(rows.values().stream().flatMap(List::stream).toList());
            long start = System.nanoTime();
            job.run();
            long millis = (System.nanoTime() - start) / 1_000_000;
            return new Outcome(List.copyOf(job.seen()), Outcome.Figures.lasting(millis));
        } catch (Exception e) {
            throw Unchanged.of(e);
        }
    }

    @Override
    public List<StoryRow> feedToFailingSink(Map<String, List<StoryRow>> rows) {
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
