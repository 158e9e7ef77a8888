package workbook.capstone.monitoring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Samples a growing count once a second, and keeps its growth in each second. */
public final class RateRecorder implements AutoCloseable {

    private final Rate rate;
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor();
    private final List<Double> rates = new CopyOnWriteArrayList<>();

    /** Samples the count until it is closed. */
    public RateRecorder(LongSupplier count) {
        rate = new Rate(count);
        ticking.scheduleAtFixedRate(() -> rates.add(rate.perSecond()), 1, 1, TimeUnit.SECONDS);
    }

    /** Returns the growth per second, one value for each elapsed second, in order. */
    public List<Double> rates() {
        return List.copyOf(rates);
    }

    @Override
    public void close() {
        ticking.shutdownNow();
    }
}
