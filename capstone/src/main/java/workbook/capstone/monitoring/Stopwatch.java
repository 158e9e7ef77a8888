package workbook.capstone.monitoring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Measures latencies by id, from {@link #start} to the first {@link #stop} with the same id. Times are kept in
 * microseconds, with three significant digits. Thread-safe.
 */
public final class Stopwatch {

    private final Map<Long, Long> running = new ConcurrentHashMap<>();
    private final AtomicLong stopped = new AtomicLong();
    private final RollingLatency recent = new RollingLatency();
    private volatile Histogram histogram = new ConcurrentHistogram(3);

    /** Starts the measurement of this id. */
    public void start(long id) {
        running.put(id, System.nanoTime());
    }

    /** Stops the measurement of this id. A second stop, or one without a start, is ignored. */
    public void stop(long id) {
        Long started = running.remove(id);
        if (started != null) {
            long micros = (System.nanoTime() - started) / 1_000;
            histogram.recordValue(micros);
            recent.record(micros);
            stopped.incrementAndGet();
        }
    }

    /** Returns the number of stopped measurements. */
    public long stopped() {
        return stopped.get();
    }

    /** Discards the times so far, such as those of a warm-up; the count of {@link #stopped} continues. */
    public void resetTimes() {
        histogram = new ConcurrentHistogram(3);
    }

    /** Returns this percentile (0 to 100) in milliseconds; 0 if nothing was measured. */
    public double percentile(double percent) {
        return histogram.copy().getValueAtPercentile(percent) / 1_000.0;
    }

    /** Returns all percentiles of the current times. */
    public Latencies latencies() {
        return Latencies.of(histogram.copy());
    }

    /** Returns the times of the last ten seconds, warm-up included. One thread must call this once a second. */
    public Snapshot.Latency recent() {
        return recent.snapshot();
    }

    /** Returns the number of times that {@link #percentile} covers. */
    public long measured() {
        return histogram.getTotalCount();
    }
}
