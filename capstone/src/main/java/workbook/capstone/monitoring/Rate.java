package workbook.capstone.monitoring;

import java.util.function.LongSupplier;

/** The growth rate of a count, over the time that actually passed between two calls. */
public final class Rate {

    private final LongSupplier count;
    private long lastCount;
    private long lastTime = System.nanoTime();

    /** Measures this count from now on. */
    public Rate(LongSupplier count) {
        this.count = count;
        this.lastCount = count.getAsLong();
    }

    /** Returns the growth per second since the previous call. */
    public double perSecond() {
        long now = System.nanoTime();
        long counted = count.getAsLong();
        double rate = (counted - lastCount) * 1e9 / (now - lastTime);
        lastCount = counted;
        lastTime = now;
        return rate;
    }
}
