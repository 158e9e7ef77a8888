package lesson00;

import java.util.concurrent.CountDownLatch;

/** An answer that does not return before it is released. */
public class HangingAnswer {

    private final CountDownLatch released;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean wasInterrupted;

    public HangingAnswer(CountDownLatch released) {
        this.released = released;
    }

    public Void waits() throws InterruptedException {
        try {
            released.await();
        } catch (InterruptedException e) {
            wasInterrupted = true;
            throw e;
        }
        return null;
    }

    /** Ignores interrupts. */
    public Void loops() {
        while (released.getCount() > 0) {
            Thread.onSpinWait();
        }
        ended.countDown();
        return null;
    }

    public boolean wasInterrupted() {
        return wasInterrupted;
    }

    public void awaitEnd() throws InterruptedException {
        ended.await();
    }
}
