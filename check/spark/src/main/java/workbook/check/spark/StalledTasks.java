package workbook.check.spark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A machine so slow that no task of a query runs while an answer waits for a fixed time.
 *
 * <p>Other tasks occupy all slots until the answer waits for its query: without a time limit, in
 * {@code processAllAvailable}, or by looking at it again and again. No time is measured, so the result does not depend on
 * the machine. Only a program that does none of these gets its tasks after a while.
 */
public final class StalledTasks {

    private static final long POLL_MILLIS = 5;
    private static final int LOOKS = 5;
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private static volatile CountDownLatch released = new CountDownLatch(0);
    private static volatile CountDownLatch occupied = new CountDownLatch(0);

    private StalledTasks() {}

    /**
     * Starts a thread that runs a query, and lets tasks run as soon as it waits for the query.
     *
     * @return whether the thread ended before, so that no task of its query has run
     */
    public static boolean areNotAwaitedBy(Thread answer) throws Exception {
        SparkSession spark = SharedSpark.session();
        JavaFutureAction<Void> blocking = occupy(spark);
        try {
            answer.start();
            return !waits(answer, spark);
        } finally {
            released.countDown();
            blocking.get();
        }
    }

    private static JavaFutureAction<Void> occupy(SparkSession spark) throws InterruptedException {
        int slots = spark.sparkContext().defaultParallelism();
        released = new CountDownLatch(1);
        occupied = new CountDownLatch(slots);
        JavaFutureAction<Void> tasks = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(Collections.nCopies(slots, 0), slots)
                .foreachAsync(slot -> {
                    occupied.countDown();
                    released.await();
                });
        occupied.await();
        return tasks;
    }

    /** Returns true when the thread waits for its query, false when it has ended before. */
    private static boolean waits(Thread answer, SparkSession spark) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long waitsBefore = -1;
        while (answer.isAlive()) {
            ThreadInfo now = threads.getThreadInfo(answer.getId());
            String stack = stack(answer);
            if (now == null || stack.contains("DataStreamWriter.start") || stack.contains(".stop\n")) {
                Thread.sleep(POLL_MILLIS);
                continue;
            }
            boolean isWaiting = now.getThreadState() == Thread.State.WAITING;
            if (isWaiting && stack.contains(".SQLExecution") || stack.contains(".processAllAvailable\n")) {
                return true;
            }
            if (spark.streams().active().length > 0) {
                waitsBefore = waitsBefore < 0 ? now.getWaitedCount() : waitsBefore;
                if (isWaiting || now.getWaitedCount() - waitsBefore >= LOOKS) {
                    return true;
                }
            }
            if (System.nanoTime() - start > AT_MOST.toNanos()) {
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }

    /** The methods that the thread is in, one a line. */
    private static String stack(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "\n")
                .collect(Collectors.joining());
    }
}
