package workbook.capstone.monitoring;

import java.util.function.LongSupplier;

/** How fast a count grows. Whoever asks late gets the growth divided by the time that really passed. */
public final class Rate {

    private final LongSupplier count;
    private long lastCount;
    private long lastTime = System.nanoTime();

    /** Of this count, from now on. */
    public Rate(LongSupplier count) {
        this.count = count;
        this.lastCount = count.getAsLong();
    }

    /** The growth per second since this was last asked. */
    public double perSecond() {
        long now = System.nanoTime();
        long counted = count.getAsLong();
        double rate = (counted - lastCount) * 1e9 / (now - lastTime);
        lastCount = counted;
        lastTime = now;
        return rate;
    }
}
