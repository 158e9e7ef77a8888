package workbook.check.process;

import java.util.List;
import workbook.check.engine.Engine;

/**
 * Repeats the warm-up of engines until the first request: the JIT compiler needs more runs than a worker makes before it is
 * ready, and a learner thinks for longer than they take. It begins after a pause, so that a worker that is asked at once
 * answers at once.
 */
final class IdleWarmUp {

    private static final long PAUSE_MILLIS = 2_000;

    private final List<Engine> engines;
    private final long pauseMillis;
    private final Thread thread = new Thread(this::run, "warming up");
    private boolean isStopped;

    private IdleWarmUp(List<Engine> engines, long pauseMillis) {
        this.engines = engines;
        this.pauseMillis = pauseMillis;
        thread.setDaemon(true);
    }

    static IdleWarmUp start(List<Engine> engines) {
        return start(engines, PAUSE_MILLIS);
    }

    static IdleWarmUp start(List<Engine> engines, long pauseMillis) {
        IdleWarmUp warmUp = new IdleWarmUp(engines, pauseMillis);
        warmUp.thread.start();
        return warmUp;
    }

    /** Returns when the run that has begun is over. */
    void stop() throws InterruptedException {
        synchronized (this) {
            isStopped = true;
            notifyAll();
        }
        thread.join();
    }

    synchronized boolean isStopped() {
        return isStopped;
    }

    private void run() {
        pause();
        engines.forEach(this::repeat);
    }

    private void repeat(Engine engine) {
        for (int i = 0; i < engine.idleWarmUps() && !isStopped(); i++) {
            engine.warmUp();
        }
    }

    private synchronized void pause() {
        try {
            if (!isStopped) {
                wait(pauseMillis);
            }
        } catch (InterruptedException e) {
            isStopped = true;
        }
    }
}
