package lesson09;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link PatientCaller} that people give. */
public final class PatientCallerMisconceptions {

    private PatientCallerMisconceptions() {}

    @Misconception(
            believed = "An error is an error: try again.",
            really = "A 400 or 404 says that this request is wrong. It is as wrong the next time, and each retry takes"
                    + " the service's time. Only a failure that can pass is worth a retry.",
            concept = "Retries")
    public static class RetriesEveryError extends PatientCaller {
        @Override
        boolean mayPass(Outcome outcome) {
            return outcome.response() == null || outcome.response().status() >= 400;
        }
    }

    @Misconception(
            believed = "Without a response the payment may be booked, so it must not be sent again.",
            really = "Then it may be lost instead. A key makes the retry safe: the service books all tries with one"
                    + " key once. A timeout is the most frequent failure that passes.",
            concept = "Retries")
    public static class GivesUpAfterATimeout extends PatientCaller {
        @Override
        boolean mayPass(Outcome outcome) {
            return outcome.response() != null && super.mayPass(outcome);
        }
    }

    @Misconception(
            believed = "Every request has a key of its own.",
            really = "The key stands for the payment, not for the request. If the response is lost after the booking, a"
                    + " retry with another key books the payment again.",
            concept = "Retries")
    public static class DrawsAKeyForEachTry extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            return super.call((text, key) -> service.pay(text, key(text)), payment, limits, environment);
        }
    }

    @Misconception(
            believed = "Equal payments are the same payment, so the payment is its own key.",
            really = "A customer may buy the same twice. The service takes the second payment for a retry of the"
                    + " first, and does not book it.",
            concept = "Retries")
    public static class TakesThePaymentAsKey extends PatientCaller {
        @Override
        String key(String payment) {
            return payment;
        }
    }

    @Misconception(
            believed = "Calls that are counted have different keys.",
            really =
                    "Only those of one object. Another process, or the same one after a restart, begins with 1 again, and the"
                            + " service takes its payments for those that it has booked.",
            concept = "Retries")
    public static class CountsTheCalls extends PatientCaller {
        private int calls;

        @Override
        String key(String payment) {
            return payment + " " + ++calls;
        }
    }

    @Misconception(
            believed = "Whatever is thrown is a failure: try again.",
            really = "An exception that says that the call is wrong comes again with each try. Its caller learns of the"
                    + " mistake late, and as a timeout.",
            concept = "Retries")
    public static class RetriesEveryException extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            return super.call(
                    (text, key) -> {
                        try {
                            return service.pay(text, key);
                        } catch (RuntimeException e) {
                            throw new TimeoutException(e.toString());
                        }
                    },
                    payment,
                    limits,
                    environment);
        }
    }

    @Misconception(
            believed = "Exponential backoff doubles the wait with every retry.",
            really = "Without a cap, retry 20 of a call that began with 100 ms waits for up to 14 hours, and later the"
                    + " number overflows.",
            concept = "Retries")
    public static class NeverStopsDoubling extends PatientCaller {
        @Override
        Duration longest(int retry, Limits limits) {
            return Duration.ofMillis(limits.base().toMillis() << (retry - 1));
        }
    }

    @Misconception(
            believed = "Jitter is a little noise: ten percent more or less.",
            really = "All callers that failed together come back together, within a fifth of the wait. Spread over the"
                    + " whole wait, they arrive at the lowest possible rate.",
            concept = "Retries")
    public static class AddsALittleNoise extends PatientCaller {
        @Override
        Duration wait(Response response, Duration longest, double random) {
            return super.wait(response, longest, 0.9 + 0.2 * random);
        }
    }

    @Misconception(
            believed = "The cap is the longest wait, whatever the service says.",
            really = "A service that asks for two seconds refuses what comes before. A wait cut at the cap is a"
                    + " retry for nothing.",
            concept = "Retries")
    public static class CutsRetryAfter extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            return super.call(
                    (text, key) -> {
                        Response response = service.pay(text, key);
                        Duration after = response.retryAfter();
                        boolean isLong = after != null && after.compareTo(limits.cap()) > 0;
                        return isLong ? new Response(response.status(), limits.cap()) : response;
                    },
                    payment,
                    limits,
                    environment);
        }
    }

    @Misconception(
            believed = "The backoff is computed already, so Retry-After is not needed.",
            really = "The caller guesses, the service knows: it says when it will have capacity again.",
            concept = "Retries")
    public static class IgnoresRetryAfter extends PatientCaller {
        @Override
        Duration wait(Response response, Duration longest, double random) {
            return super.wait(null, longest, random);
        }
    }

    @Misconception(
            believed = "Three tries means: call, and if that fails, three times more.",
            really = "That is four. With retries in three layers, each counted like this, one call becomes 64, and"
                    + " not 27.",
            concept = "Retries")
    public static class CountsRetriesAsTries extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            Limits more = new Limits(limits.tries() + 1, limits.base(), limits.cap(), limits.deadline());
            return super.call(service, payment, more, environment);
        }
    }

    @Misconception(
            believed = "The deadline is checked before each try.",
            really = "By then the caller has waited for it. It holds a thread and a connection for a try that is not"
                    + " made, and its own caller learns of the failure late.",
            concept = "Retries")
    public static class WaitsForTheDeadline extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            String key = key(payment);
            for (int tries = 1; ; tries++) {
                Outcome outcome = Outcome.of(service, payment, key);
                if (!mayPass(outcome) || tries == limits.tries() || !environment.takeRetry()) {
                    return outcome.end();
                }
                environment.sleep(wait(outcome.response(), longest(tries, limits), environment.random()));
                if (!isInTime(environment.now(), limits)) {
                    return outcome.end();
                }
            }
        }
    }

    @Misconception(
            believed = "The deadline limits the wait: a try that begins at the deadline is still in time.",
            really = "Its caller has given up by then, and the service works for nobody.",
            concept = "Retries")
    public static class TriesAtTheDeadline extends PatientCaller {
        @Override
        boolean isInTime(Instant next, Limits limits) {
            return !next.isAfter(limits.deadline());
        }
    }

    @Misconception(
            believed = "Each try takes one from the budget.",
            really = "The budget is for retries. If first tries take from it, it is empty in the busiest hour,"
                    + " without any failure.",
            concept = "Retries")
    public static class TakesTheFirstTryFromTheBudget extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            environment.takeRetry();
            return super.call(service, payment, limits, environment);
        }
    }

    @Misconception(
            believed = "Every call has its number of tries, which limits the load.",
            really = "If all calls fail, seven tries each are seven times the load, at the worst moment. A budget"
                    + " for the process limits all calls together.",
            concept = "Retries")
    public static class IgnoresTheBudget extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            return super.call(service, payment, limits, new Environment() {
                @Override
                public Instant now() {
                    return environment.now();
                }

                @Override
                public void sleep(Duration duration) {
                    environment.sleep(duration);
                }

                @Override
                public double random() {
                    return environment.random();
                }

                @Override
                public boolean takeRetry() {
                    environment.takeRetry();
                    return true;
                }
            });
        }
    }

    @Misconception(
            believed = "After a failure, wait; then see whether a try is left.",
            really = "After the last try nothing is left to wait for. The caller learns of the failure seconds later"
                    + " than it could.",
            concept = "Retries")
    public static class WaitsAfterTheLastTry extends PatientCaller {
        @Override
        public Response call(Service service, String payment, Limits limits, Environment environment)
                throws TimeoutException {
            String key = key(payment);
            Outcome outcome = null;
            for (int tries = 1; tries <= limits.tries(); tries++) {
                outcome = Outcome.of(service, payment, key);
                if (!mayPass(outcome)) {
                    return outcome.end();
                }
                Duration wait = wait(outcome.response(), longest(tries, limits), environment.random());
                if (!isInTime(environment.now().plus(wait), limits) || !environment.takeRetry()) {
                    return outcome.end();
                }
                environment.sleep(wait);
            }
            return outcome.end();
        }
    }
}
