package workbook.check.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import workbook.check.engine.Engine;

class IdleWarmUpTest {

    private final CountDownLatch begins = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch ends = new CountDownLatch(3);
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void aWorkerThatWaitsRepeatsTheWarmUpAsOftenAsTheEngineAsks() throws InterruptedException {
        mayEnd.countDown();
        IdleWarmUp warmUp = IdleWarmUp.start(List.of(new Warmed()), 1);
        ends.await();
        warmUp.stop();
        assertThat(runs).hasValue(3);
    }

    @Test
    void aWorkerThatIsAskedAtOnceDoesNotWarmUpAgain() throws InterruptedException {
        IdleWarmUp.start(List.of(new Warmed()), Integer.MAX_VALUE).stop();
        assertThat(runs).hasValue(0);
    }

    @Test
    void aRequestWaitsForTheRunThatHasBegunAndForNoOther() throws InterruptedException {
        IdleWarmUp warmUp = IdleWarmUp.start(List.of(new Warmed()), 1);
        begins.await();
        Thread request = new Thread(() -> {
            try {
                warmUp.stop();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        request.start();
        while (!warmUp.isStopped()) {
            Thread.onSpinWait();
        }
        assertThat(request.isAlive()).isTrue();
        mayEnd.countDown();
        request.join();
        assertThat(runs).hasValue(1);
    }

    /** Asks for three runs, which wait until they may end. */
    private final class Warmed implements Engine {

        @Override
        public String packageName() {
            return "workbook.warmed";
        }

        @Override
        public void start() {
            // nothing is shared
        }

        @Override
        public void warmUp() {
            begins.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            runs.incrementAndGet();
            ends.countDown();
        }

        @Override
        public int idleWarmUps() {
            return 3;
        }

        @Override
        public void stop() {
            // nothing is shared
        }
    }
}
