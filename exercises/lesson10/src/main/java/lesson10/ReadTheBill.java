package lesson10;

import java.util.List;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import workbook.check.Unsolved;

/**
 * Counts what the stages of a Spark context cost, and says what is wrong with them. It counts rows, tasks and bytes
 * instead of measuring times, so the same work costs the same on every machine.
 *
 * <p><b>In:</b> the {@link Limits}, and the events that Spark sends to a {@link SparkListener}. Of each partition of an
 * attempt one task succeeds at most: the original or its speculative copy.
 *
 * <p><b>Out:</b> a {@link BillListener}, whose {@code stages()} may be called at any time. There may be several listeners.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>A task counts as soon as {@code onTaskEnd} says that it has succeeded; no other event is needed. Tasks that failed or
 *     were killed do not count; their {@code taskMetrics()} may be null.
 * <li>It counts for its stage and attempt ({@code stageId()} and {@code stageAttemptId()}). An attempt without a task that
 *     succeeded is not in the list. Before the first one, the list is empty.
 * <li>The rows of a task are {@code inputMetrics().recordsRead()} and {@code shuffleReadMetrics().recordsRead()} together.
 * <li>The verdicts are those whose conditions hold ({@link Verdict}), none or several.
 * <li>Spark calls the listener on one thread while others call {@code stages()}. A list that it has returned does not change.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=10 -Dexercise=ReadTheBill}; hints are in
 * {@code exercises/lesson10/hints/ReadTheBill.md}.
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

        /** The attempts of which a task has succeeded, in the order of stages, and of attempts within a stage. */
        public abstract List<StageCost> stages();
    }

    public BillListener listener(Limits limits) {
        throw new Unsolved();
    }
}
