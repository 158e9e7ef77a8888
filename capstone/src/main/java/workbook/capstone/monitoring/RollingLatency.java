package workbook.capstone.monitoring;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Percentiles of the last ten seconds. Any thread may record; one thread takes a snapshot once a second. */
final class RollingLatency {

    private static final int SECONDS = 10;
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(DIGITS);
    private final Deque<Histogram> seconds = new ArrayDeque<>();
    private long count;
    private double sumMicros;

    void record(long micros) {
        recorder.recordValue(micros);
    }

    /** Returns the percentiles of the last ten intervals between snapshots; count and sum are since the start. */
    synchronized Snapshot.Latency snapshot() {
        Histogram second = recorder.getIntervalHistogram(seconds.size() < SECONDS ? null : seconds.removeFirst());
        seconds.addLast(second);
        count += second.getTotalCount();
        sumMicros += second.getMean() * second.getTotalCount();
        Histogram recent = new Histogram(DIGITS);
        seconds.forEach(recent::add);
        return new Snapshot.Latency(
                count, sumMicros / 1e6, recent.getTotalCount(), ms(recent, 50), ms(recent, 90), ms(recent, 99));
    }

    private static double ms(Histogram micros, double percent) {
        return micros.getValueAtPercentile(percent) / 1_000.0;
    }
}
