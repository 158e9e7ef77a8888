package workbook.capstone.monitoring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Measures how long each of many things takes, from {@link #start} to the first {@link #stop} with the same id. Times
 * are kept in microseconds, with three significant digits. Safe for use by several threads.
 */
public final class Stopwatch {

    private final Map<Long, Long> running = new ConcurrentHashMap<>();
    private final AtomicLong stopped = new AtomicLong();
    private final RollingLatency recent = new RollingLatency();
    private volatile Histogram histogram = new ConcurrentHistogram(3);

    /** The thing with this id begins. */
    public void start(long id) {
        running.put(id, System.nanoTime());
    }

    /** It has ended. A second end of the same id, or one that never began, is not counted. */
    public void stop(long id) {
        Long started = running.remove(id);
        if (started != null) {
            long micros = (System.nanoTime() - started) / 1_000;
            histogram.recordValue(micros);
            recent.record(micros);
            stopped.incrementAndGet();
        }
    }

    /** How many have ended. */
    public long stopped() {
        return stopped.get();
    }

    /** Forgets the times so far, such as those of a warm-up; the count of {@link #stopped} goes on. */
    public void resetTimes() {
        histogram = new ConcurrentHistogram(3);
    }

    /** The time, in milliseconds, that this share of things (0 to 100) took at the most; 0 if none has ended. */
    public double percentile(double percent) {
        return histogram.copy().getValueAtPercentile(percent) / 1_000.0;
    }

    /** All that is known of the times now. */
    public Latencies latencies() {
        return Latencies.of(histogram.copy());
    }

    /** The times of the last ten seconds, warm-up or not, if one thread asks for them once a second. */
    public Snapshot.Latency recent() {
        return recent.snapshot();
    }

    /** How many times {@link #percentile} speaks of. */
    public long measured() {
        return histogram.getTotalCount();
    }
}
