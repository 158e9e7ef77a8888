package lesson10;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * The end of each task adds two numbers to its attempt. An attempt is judged when somebody asks, because the median and the
 * verdicts depend on all its tasks, and a task may end after its stage.
 *
 * <p>One lock guards the map. {@code stages()} returns a new list of records, which nobody else has.
 *
 * <p>The listener keeps two numbers for each task and forgets none. A program that runs for months replaces it by a new one
 * from time to time.
 */
public class ReadTheBill {

    /** What is wrong with an attempt of a stage. */
    public enum Verdict {

        /**
         * One task has much more to do than the others: it read at least {@link Limits#rows} rows, and more than
         * {@link Limits#skew} times the median.
         */
        SKEWED,

        /** Tasks wrote at least one byte to the disk because their memory was full. */
        SPILLED,

        /**
         * There are more than {@link Limits#tasks} tasks, and they read less than {@link Limits#rowsPerTask} rows on
         * average; tasks that read no row are included.
         */
        TOO_MANY_TASKS
    }

    /**
     * What is too much.
     *
     * @param skew how many times the median is skew, at least 1
     * @param rows how many rows the largest task of a skewed attempt reads at least
     * @param tasks how many tasks an attempt may have, whatever they read
     * @param rowsPerTask how many rows more tasks than that have to read on average
     */
    public record Limits(int skew, long rows, int tasks, long rowsPerTask) {}

    /**
     * What an attempt of a stage costs. Only tasks that succeeded count.
     *
     * @param stage the number of the stage in its context
     * @param attempt the number of the attempt, from 0
     * @param tasks the number of tasks, at least 1
     * @param rows the rows that they read: from sources and caches, and from shuffles
     * @param largest the rows that the largest of them read
     * @param median the median of the rows of those tasks that read at least one row, 0 if there is none; of an even number
     *     of tasks, the mean of the two in the middle
     * @param spilled the bytes that they wrote to the disk because their memory was full
     */
    public record StageCost(
            int stage,
            int attempt,
            int tasks,
            long rows,
            long largest,
            double median,
            long spilled,
            Set<Verdict> verdicts) {}

    /** Counts the events of a Spark context. */
    public abstract static class BillListener extends SparkListener {

        /** The attempts of which a task has succeeded, by stage and attempt. */
        public abstract List<StageCost> stages();
    }

    public BillListener listener(Limits limits) {
        return new Counter(limits);
    }

    record Attempt(int stage, int number) {}

    record Task(long rows, long spilled) {}

    static class Counter extends BillListener {

        final Limits limits;
        final Map<Attempt, List<Task>> attempts =
                new TreeMap<>(Comparator.comparingInt(Attempt::stage).thenComparingInt(Attempt::number));

        Counter(Limits limits) {
            this.limits = limits;
        }

        @Override
        public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
            if (counts(end)) {
                attempts.computeIfAbsent(attempt(end), attempt -> new ArrayList<>())
                        .add(new Task(rows(end.taskMetrics()), spilled(end.taskMetrics())));
            }
        }

        boolean counts(SparkListenerTaskEnd end) {
            return end.taskInfo().successful();
        }

        Attempt attempt(SparkListenerTaskEnd end) {
            return new Attempt(end.stageId(), end.stageAttemptId());
        }

        long rows(TaskMetrics metrics) {
            return metrics.inputMetrics().recordsRead()
                    + metrics.shuffleReadMetrics().recordsRead();
        }

        long spilled(TaskMetrics metrics) {
            return metrics.diskBytesSpilled();
        }

        @Override
        public synchronized List<StageCost> stages() {
            return attempts.entrySet().stream()
                    .map(attempt -> cost(attempt.getKey(), attempt.getValue()))
                    .toList();
        }

        StageCost cost(Attempt attempt, List<Task> tasks) {
            long[] rows = tasks.stream().mapToLong(Task::rows).sorted().toArray();
            long spilled = tasks.stream().mapToLong(Task::spilled).sum();
            return new StageCost(
                    attempt.stage(),
                    attempt.number(),
                    rows.length,
                    LongStream.of(rows).sum(),
                    largest(rows),
                    median(rows),
                    spilled,
                    verdicts(rows, spilled));
        }

        Set<Verdict> verdicts(long[] rows, long spilled) {
            Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
            if (isSkewed(rows)) {
                verdicts.add(Verdict.SKEWED);
            }
            if (spilled > 0) {
                verdicts.add(Verdict.SPILLED);
            }
            if (rows.length > limits.tasks() && LongStream.of(rows).sum() < rows.length * limits.rowsPerTask()) {
                verdicts.add(Verdict.TOO_MANY_TASKS);
            }
            return verdicts;
        }

        boolean isSkewed(long[] rows) {
            return largest(rows) >= limits.rows() && largest(rows) > limits.skew() * median(rows);
        }

        long largest(long[] sorted) {
            return sorted[sorted.length - 1];
        }

        double median(long[] sorted) {
            long[] read = LongStream.of(sorted).filter(rows -> rows > 0).toArray();
            int size = read.length;
            return size == 0 ? 0 : (read[(size - 1) / 2] + read[size / 2]) / 2.0;
        }
    }
}
