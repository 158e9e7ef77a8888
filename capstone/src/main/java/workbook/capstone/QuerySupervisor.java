package workbook.capstone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import workbook.capstone.spark.Job;

/**
 * Keeps queries running. A failed query is restarted from its checkpoint: at once the first time, then after 2, 4, 8
 * and at most 30 seconds. So a query resumes when a full disk or an unreachable broker is back.
 */
final class QuerySupervisor implements AutoCloseable {

    private static final long POLL_MILLIS = 200;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** After this time without a failure, the next one counts as the first. */
    private static final Duration RECOVERED = Duration.ofMinutes(2);

    private final SparkSession spark;
    private final Consumer<String> log;
    private final List<Supervised> queries = new ArrayList<>();

    /**
     * Starts the queries.
     *
     * @param log receives a line for each start and each failure
     */
    QuerySupervisor(SparkSession spark, List<? extends Job> jobs, Consumer<String> log) {
        this.spark = spark;
        this.log = log;
        jobs.forEach(job -> queries.add(new Supervised(job)));
        queries.forEach(Supervised::poll);
    }

    /** Restarts failed queries until {@code goOn} returns false. */
    void run(BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            queries.forEach(Supervised::poll);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }

    /** Stops the queries, each after its current record or batch. */
    @Override
    public void close() {
        queries.forEach(Supervised::stop);
    }

    private final class Supervised {
        private final Job job;
        private StreamingQuery query;
        private long started;
        private long due = System.nanoTime();
        private int failures;

        Supervised(Job job) {
            this.job = job;
        }

        void poll() {
            if (query != null && !query.isActive()) {
                failed(query.exception().isDefined() ? query.exception().get() : null);
            }
            if (query == null && System.nanoTime() - due >= 0) {
                start();
            }
        }

        private void start() {
            try {
                started = System.nanoTime();
                query = job.start(spark);
                log.accept(job.name() + ": running");
            } catch (TimeoutException | RuntimeException e) {
                failed(e);
            }
        }

        private void failed(Exception e) {
            query = null;
            long now = System.nanoTime();
            failures = now - started > RECOVERED.toNanos() ? 1 : failures + 1;
            Duration pause = failures == 1 ? Duration.ZERO : pause();
            due = now + pause.toNanos();
            log.accept(job.name() + ": failed, restarting in " + pause.toSeconds() + " s: " + reason(e));
        }

        private Duration pause() {
            Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 5));
            return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }

        private void stop() {
            try {
                if (query != null) {
                    query.stop();
                }
            } catch (TimeoutException e) {
                log.accept(job.name() + ": did not stop cleanly: " + e.getMessage());
            }
        }
    }

    /** The innermost cause has the reason; the outer ones report that a task, a stage or a job failed. */
    private static String reason(Exception e) {
        if (e == null) {
            return "it was stopped";
        }
        Throwable cause = e instanceof StreamingQueryException && e.getCause() != null ? e.getCause() : e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return (cause.getMessage() == null ? cause.toString() : cause.getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }
}
