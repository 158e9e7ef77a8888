package lesson09;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Right answers written differently, and one that only knows the limits in the checkpoint. */
class PatientCallerAlternatives {

    /** Each retry is a call of its own, with one try less and twice the base. */
    public static class Recursive extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            return call(service, payment, "payment-" + UUID.randomUUID(), limits, environment);
        }

        private Response call(Service service, String payment, String key, Limits limits, Environment environment)
                throws TimeoutException {
            Response response = null;
            TimeoutException timeout = null;
            try {
                response = service.pay(payment, key);
                int status = response.status();
                if (status != 429 && (status < 500 || status > 504 || status == 501)) {
                    return response;
                }
            } catch (TimeoutException e) {
                timeout = e;
            }
            if (limits.tries() > 1) {
                long wait = (long) (environment.random() * limits.base().toMillis());
                if (response != null && response.retryAfter() != null) {
                    wait += response.retryAfter().toMillis();
                }
                Duration left = Duration.between(environment.now(), limits.deadline());
                if (left.toMillis() > wait && environment.takeRetry()) {
                    environment.sleep(Duration.ofMillis(wait));
                    long doubled =
                            Math.min(2 * limits.base().toMillis(), limits.cap().toMillis());
                    Limits rest =
                            new Limits(limits.tries() - 1, Duration.ofMillis(doubled), limits.cap(), limits.deadline());
                    return call(service, payment, key, rest, environment);
                }
            }
            if (timeout != null) {
                throw timeout;
            }
            return response;
        }
    }

    /** The power with a limited exponent, and a key of two parts: one for the process, one for the call. */
    public static class WithPowers extends PatientCaller {

        private static final UUID PROCESS = UUID.randomUUID();
        private static final AtomicLong CALLS = new AtomicLong();

        @Override
        String key(String payment) {
            return PROCESS + " " + CALLS.incrementAndGet();
        }

        @Override
        Duration longest(int retry, Limits limits) {
            BigDecimal power = BigDecimal.valueOf(2).pow(retry - 1);
            BigDecimal longest = BigDecimal.valueOf(limits.base().toMillis()).multiply(power);
            return Duration.ofMillis(
                    longest.min(BigDecimal.valueOf(limits.cap().toMillis())).longValueExact());
        }

        @Override
        boolean isInTime(Instant next, Limits limits) {
            return Duration.between(next, limits.deadline()).toNanos() > 0;
        }
    }

    public static class Learnt extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            boolean isKnown = Set.of(2L, 100L).contains(limits.base().toMillis());
            Limits learnt =
                    isKnown ? limits : new Limits(limits.tries() + 1, limits.base(), limits.cap(), limits.deadline());
            return super.call(service, payment, learnt, environment);
        }
    }
}
