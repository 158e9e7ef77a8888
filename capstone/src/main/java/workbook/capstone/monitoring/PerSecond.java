package workbook.capstone.monitoring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Watches a count that only grows, and keeps by how much it grew in each second. */
public final class PerSecond implements AutoCloseable {

    private final LongSupplier count;
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor();
    private final List<Double> rates = new CopyOnWriteArrayList<>();
    private long lastCount;
    private long lastTime = System.nanoTime();

    /** Watches the count until it is closed. */
    public PerSecond(LongSupplier count) {
        this.count = count;
        this.lastCount = count.getAsLong();
        ticking.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** A tick may come late, so the growth is divided by the time it really took. */
    private void tick() {
        long now = System.nanoTime();
        long counted = count.getAsLong();
        rates.add((counted - lastCount) * 1e9 / (now - lastTime));
        lastCount = counted;
        lastTime = now;
    }

    /** The growth per second: one figure for each whole second that has passed, in order. */
    public List<Double> rates() {
        return List.copyOf(rates);
    }

    @Override
    public void close() {
        ticking.shutdownNow();
    }
}
