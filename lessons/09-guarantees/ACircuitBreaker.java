///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
//DEPS io.github.resilience4j:resilience4j-circuitbreaker:2.4.0
package lesson09;

import io.github.resilience4j.circuitbreaker.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import picocli.CommandLine.*;
import workbook.kit.*;

/** Ten payments a second are looked up in a store that is down for a while, with breakers of resilience4j. */
@Command(mixinStandardHelpOptions = true, description = "Compares the settings of a circuit breaker.")
public class ACircuitBreaker implements Callable<Integer> {

    @Option(names = "--timeout", defaultValue = "1000", description = "of a call, in ms (default: ${DEFAULT-VALUE})")
    long timeout;

    private static final int PAYMENTS = 600;
    private static final TextTable RUNS = new TextTable("%-24s %6s %7s %8s %12s  %s");

    static final class FakeClock extends Clock {
        long millis;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Override
    public Integer call() {
        RUNS.row("breaker", "calls", "failed", "refused", "most behind", "changes of state, at second");
        run("defaults", config -> config);
        run("window 10", config -> config.slidingWindowSize(10));
        run("window 5, minimum 10", config -> config.slidingWindowSize(5).minimumNumberOfCalls(10));
        run(
                "window 10, rest 5 s",
                config -> config.slidingWindowSize(10).waitDurationInOpenState(Duration.ofSeconds(5)));
        run(
                "  and 3 trials",
                config -> config.slidingWindowSize(10)
                        .waitDurationInOpenState(Duration.ofSeconds(5))
                        .permittedNumberOfCallsInHalfOpenState(3));
        return 0;
    }

    /** Looks up each payment, one after the other; a refused one is scored without the store. */
    private void run(String name, UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        FakeClock clock = new FakeClock();
        CircuitBreakerConfig config =
                settings.apply(CircuitBreakerConfig.custom().clock(clock)).build();
        CircuitBreaker breaker = CircuitBreaker.of(name, config);
        StringJoiner changes = new StringJoiner(", ");
        breaker.getEventPublisher()
                .onStateTransition(change -> changes.add(String.format(
                        "%.1f %s",
                        clock.millis / 1000.0, change.getStateTransition().getToState())));
        long behind = 0;
        int calls = 0, failed = 0;
        for (int payment = 0; payment < PAYMENTS; payment++) {
            behind = Math.max(behind, clock.millis - payment * 100);
            clock.millis = Math.max(clock.millis, payment * 100);
            if (breaker.tryAcquirePermission()) {
                calls++;
                failed += look(clock, breaker) ? 0 : 1;
            }
        }
        RUNS.row(name, calls, failed, PAYMENTS - calls, String.format("%.1f s", behind / 1000.0), changes);
    }

    /** A call takes 5 ms, or the timeout. */
    private boolean look(FakeClock clock, CircuitBreaker breaker) {
        boolean isUp = clock.millis < 10_000 || clock.millis >= 40_000;
        clock.millis += isUp ? 5 : timeout;
        if (isUp) {
            breaker.onSuccess(5, TimeUnit.MILLISECONDS);
        } else {
            breaker.onError(timeout, TimeUnit.MILLISECONDS, new TimeoutException());
        }
        return isUp;
    }

    public static void main(String[] args) {
        Program.run(new ACircuitBreaker(), args);
    }
}
