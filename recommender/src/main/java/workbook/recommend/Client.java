package workbook.recommend;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import workbook.kit.Pace;

/**
 * Asks for recommendations at a steady rate, whether or not earlier requests are answered. One customer of twenty is unknown. Times are
 * measured from the moment at which a request is due, so a late request counts as slow.
 */
final class Client {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int UNKNOWN = Simulation.CUSTOMERS / 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random = new Random(1);
    private final URI api;
    private final Answers lists = new Answers();
    private final Answers floor = new Answers();
    private final AtomicInteger open = new AtomicInteger();

    /** @param api the address of the server */
    Client(URI api) {
        this.api = api;
    }

    /** Asks for lists at this rate, while {@code goOn}. */
    void run(double rate, Duration length, BooleanSupplier goOn) {
        new Pace(rate, length).run(goOn, this::askForAList);
    }

    /** Asks for lists at this rate, and between them as often for nothing, at {@code /nothing}. */
    void runWithFloor(double rate, Duration length, BooleanSupplier goOn) {
        boolean[] isList = {false};
        new Pace(2 * rate, length).run(goOn, due -> {
            isList[0] = !isList[0];
            if (isList[0]) {
                askForAList(due);
            } else {
                ask("/nothing", floor, due);
            }
        });
    }

    private void askForAList(long due) {
        ask("/recommendations/" + random.nextInt(Simulation.CUSTOMERS + UNKNOWN) + "?k=5", lists, due);
    }

    private void ask(String path, Answers answers, long due) {
        open.incrementAndGet();
        http.sendAsync(
                        HttpRequest.newBuilder(api.resolve(path))
                                .timeout(TIMEOUT)
                                .build(),
                        BodyHandlers.ofString())
                .whenComplete((response, failure) -> {
                    try {
                        answers.add(response, failure, due);
                    } finally {
                        open.decrementAndGet();
                    }
                });
    }

    /** Waits for the answers that are still missing; each of them comes or fails in time. */
    void awaitAnswers() {
        while (open.get() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    void resetTimes() {
        lists.resetTimes();
        floor.resetTimes();
    }

    Answers lists() {
        return lists;
    }

    Answers floor() {
        return floor;
    }
}
