package workbook.kit.spark;

import static scala.jdk.javaapi.CollectionConverters.asJava;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.apache.spark.scheduler.LiveListenerBus;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * What work on Spark cost, in numbers that are the same whenever the same plan runs on the same rows: a {@link SparkListener}
 * gets them with the end of each task. Tasks that failed or were killed are not in it.
 *
 * @param jobs the number of jobs
 * @param stages the attempts of stages that ran tasks, in the order in which their first task ended; a stage whose shuffle
 *     files were there already is skipped, and not in it
 */
public record Bill(int jobs, List<StageBill> stages) {

    /** Work with at least one action on a Dataset or an RDD. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private static final long QUIET_MILLIS = 10_000;

    /**
     * Runs work and returns what it cost. All jobs that begin in the session's context meanwhile are counted, also those of
     * other threads. A job that began earlier is not: adaptive execution may return a result while a stage that it does not
     * need, such as the other side of a join with no rows, is still running.
     *
     * @throws IllegalStateException if Spark does not deliver its events within ten seconds
     * @throws Exception what the work throws
     */
    public static Bill of(SparkSession spark, Work work) throws Exception {
        LiveListenerBus events = spark.sparkContext().listenerBus();
        Counter counter = new Counter();
        awaitDelivery(events); // those of earlier work
        spark.sparkContext().addSparkListener(counter);
        try {
            work.run();
            awaitDelivery(events);
            return counter.bill();
        } finally {
            spark.sparkContext().removeSparkListener(counter);
        }
    }

    /** The number of tasks. */
    public int tasks() {
        return stages.stream().mapToInt(stage -> stage.tasks().size()).sum();
    }

    /** Rows written for shuffles. */
    public long shuffledRows() {
        return sum(StageBill::shuffledRows);
    }

    /** Bytes written for shuffles; they depend on the compression. */
    public long shuffledBytes() {
        return sum(StageBill::shuffledBytes);
    }

    /** Bytes that tasks wrote to the disk because they had no memory left; whether that is 0 is what counts. */
    public long spilledBytes() {
        return sum(StageBill::spilledBytes);
    }

    /** Rows that tasks read from files and caches. */
    public long inputRows() {
        return sum(StageBill::inputRows);
    }

    /** Bytes that tasks sent to the driver as their results; they depend on the compression, and each task sends metrics. */
    public long resultBytes() {
        return sum(StageBill::resultBytes);
    }

    private long sum(ToLongFunction<StageBill> number) {
        return stages.stream().mapToLong(number).sum();
    }

    private static void awaitDelivery(LiveListenerBus events) {
        try {
            events.waitUntilEmpty(QUIET_MILLIS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Spark did not deliver its events within 10 s.", e);
        }
    }

    private static final class Counter extends SparkListener {

        private final List<SparkListenerTaskEnd> ends = new ArrayList<>();
        private final Set<Object> stages = new HashSet<>();
        private int jobs;

        @Override
        public synchronized void onJobStart(SparkListenerJobStart job) {
            jobs++;
            stages.addAll(asJava(job.stageIds()));
        }

        @Override
        public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.taskInfo().successful() && stages.contains(end.stageId())) {
                ends.add(end);
            }
        }

        synchronized Bill bill() {
            Set<List<Integer>> attempts = new LinkedHashSet<>();
            ends.forEach(end -> attempts.add(List.of(end.stageId(), end.stageAttemptId())));
            return new Bill(
                    jobs,
                    attempts.stream()
                            .map(attempt -> stage(attempt.get(0), attempt.get(1)))
                            .toList());
        }

        private StageBill stage(int stage, int attempt) {
            return new StageBill(
                    stage,
                    attempt,
                    ends.stream()
                            .filter(end -> end.stageId() == stage && end.stageAttemptId() == attempt)
                            .map(TaskBill::of)
                            .sorted()
                            .toList());
        }
    }
}
