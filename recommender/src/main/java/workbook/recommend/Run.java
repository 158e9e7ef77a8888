package workbook.recommend;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import workbook.kit.app.ShutdownHandler;

/** Events and requests at their rates, while models are published. */
final class Run {

    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration BETWEEN_MODELS = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Service service;
    private final Traffic traffic;
    private final Client client;
    private final Nights nights;
    private final ShutdownHandler stopping;
    private final long eventsBefore;
    private final long listsBefore;
    private int published;

    Run(Service service, Traffic traffic, Client client, Nights nights, ShutdownHandler stopping)
            throws InterruptedException {
        this.service = service;
        this.traffic = traffic;
        this.client = client;
        this.nights = nights;
        this.stopping = stopping;
        eventsBefore = service.written(Service.EVENTS);
        listsBefore = service.written(Service.SERVED);
    }

    /** @param bench publishes models itself, and asks for nothing between the lists */
    void play(double events, double requests, Duration length, boolean bench) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        BooleanSupplier goOn = () -> !stopping.isRequested() && !service.hasFailed();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> traffic.run(events, length, goOn));
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            Duration warmUp = warmUp(length);
            ask(requests, warmUp, goOn, bench);
            client.resetTimes();
            ask(requests, length.minus(warmUp), goOn, bench);
            client.awaitAnswers();
        });
        watchModels(end, goOn, bench);
        join(sending);
        join(asking);
        traffic.throwIfFailed();
        awaitLists();
    }

    /** Times of the first seconds are excluded: they measure the JIT compiler. */
    private static Duration warmUp(Duration length) {
        Duration half = length.dividedBy(2);
        return WARM_UP.compareTo(half) < 0 ? WARM_UP : half;
    }

    private void ask(double requests, Duration length, BooleanSupplier goOn, boolean bench) {
        if (bench) {
            client.runWithFloor(requests, length, goOn);
        } else {
            client.run(requests, length, goOn);
        }
    }

    private void watchModels(long end, BooleanSupplier goOn, boolean bench) throws InterruptedException {
        String version = nights.current();
        long due = System.nanoTime() + BETWEEN_MODELS.toNanos();
        while (System.nanoTime() < end && goOn.getAsBoolean()) {
            stopping.await(GLANCE);
            if (bench && System.nanoTime() > due) {
                nights.publishAgain();
                due += BETWEEN_MODELS.toNanos();
            }
            if (!nights.current().equals(version)) {
                version = nights.current();
                published++;
                System.out.println("Model " + version + " is published. It holds from the next event on.");
            }
        }
    }

    private static void join(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Waits until each event has its list. */
    private void awaitLists() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (lists() < events() && !service.hasFailed() && System.nanoTime() < end) {
            stopping.await(GLANCE);
        }
    }

    long events() throws InterruptedException {
        return service.written(Service.EVENTS) - eventsBefore;
    }

    long lists() throws InterruptedException {
        return service.written(Service.SERVED) - listsBefore;
    }

    boolean hasFailed() {
        return service.hasFailed();
    }

    Client client() {
        return client;
    }

    /** The number of models published since the start. */
    int published() {
        return published;
    }
}
