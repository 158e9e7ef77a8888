package lesson09;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link CircuitBreaker} that people give. */
public final class CircuitBreakerMisconceptions {

    private CircuitBreakerMisconceptions() {}

    @Misconception(
            believed = "A breaker opens after five failures in a row.",
            really = "A service that fails at every second call never fails twice in a row, and is no use to anyone."
                    + " What counts is how many of the last calls have failed.",
            concept = "Circuit breakers")
    public static class CountsFailuresInARow extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                @Override
                void count(boolean failed, long now) {
                    if (phase.state() == State.CLOSED && !failed) {
                        phase.failures().clear();
                    }
                    super.count(failed, now);
                }
            };
        }
    }

    @Misconception(
            believed = "A window of ten calls is judged when ten calls have ended.",
            really = "If each of them waits for a timeout, ten calls are long. Five failures are five failures,"
                    + " however many calls there were before.",
            concept = "Circuit breakers")
    public static class WaitsForAFullWindow extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                private int calls;

                @Override
                void count(boolean failed, long now) {
                    if (phase.state() == State.CLOSED && ++calls < rules.window()) {
                        phase.failures().addLast(failed);
                    } else {
                        super.count(failed, now);
                    }
                }

                @Override
                void enter(State next, long now) {
                    calls = 0;
                    super.enter(next, now);
                }
            };
        }
    }

    @Misconception(
            believed = "After its rest the breaker is half-open, and calls are made again.",
            really = "Then all callers that have waited call at once, and the service, hardly up, is down again."
                    + " Only some trials are permitted.",
            concept = "Circuit breakers")
    public static class PermitsAllWhenHalfOpen extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                @Override
                boolean isFull() {
                    return false;
                }
            };
        }
    }

    @Misconception(
            believed = "One success shows that the service is back.",
            really = "A service that comes back still fails at many calls. The breaker closes after the first lucky"
                    + " one, and it takes as many failures as before to open it again.",
            concept = "Circuit breakers")
    public static class ClosesAfterOneSuccess extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                @Override
                void count(boolean failed, long now) {
                    if (phase.state() == State.HALF_OPEN && !failed) {
                        enter(State.CLOSED, now);
                    } else {
                        super.count(failed, now);
                    }
                }
            };
        }
    }

    @Misconception(
            believed = "A call that is ignored did not fail, so it succeeded.",
            really = "It says nothing about the service. A caller that sends nonsense pushes the failures of all"
                    + " others out of the window, and the breaker stays closed.",
            concept = "Circuit breakers")
    public static class CountsIgnoredCallsAsSuccesses extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                @Override
                synchronized void ended(Call call, Result result) {
                    super.ended(call, result == Result.IGNORED ? Result.SUCCEEDED : result);
                }
            };
        }
    }

    @Misconception(
            believed = "To ignore a call means to do nothing.",
            really = "A half-open breaker has given it one of few permits. If it does not get the permit back, it"
                    + " waits for ever for a result, and refuses all calls.",
            concept = "Circuit breakers")
    public static class KeepsThePermitOfAnIgnoredCall extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                @Override
                synchronized void ended(Call call, Result result) {
                    if (result != Result.IGNORED) {
                        super.ended(call, result);
                    }
                }
            };
        }
    }

    @Misconception(
            believed = "A response is a success, however late.",
            really = "A service that responds after ten seconds holds a thread of each caller for ten seconds. Callers"
                    + " fail because of slow services more often than because of dead ones.",
            concept = "Circuit breakers")
    public static class TakesSlowForGood extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            Duration day = Duration.ofDays(1);
            return super.breaker(new Rules(rules.window(), rules.failures(), day, rules.rest(), rules.trials()), nanos);
        }
    }

    @Misconception(
            believed = "Each result tells something about the service.",
            really = "The result of a call that began before the breaker opened is about the past. It opens a"
                    + " breaker that has just found the service well, or closes one without a trial.",
            concept = "Circuit breakers")
    public static class CountsLateResults extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                @Override
                synchronized void ended(Call call, Result result) {
                    boolean isLate = !phase.running().contains(call);
                    if (isLate && result != Result.IGNORED && phase.state() != State.OPEN) {
                        count(result == Result.FAILED, nanos.getAsLong());
                    } else {
                        super.ended(call, result);
                    }
                }
            };
        }
    }

    @Misconception(
            believed = "If a trial fails, the breaker is open again.",
            really = "It is open with a rest that is over: the next caller is permitted at once. The rest begins"
                    + " anew with the failed trial.",
            concept = "Circuit breakers")
    public static class ForgetsTheSecondRest extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                @Override
                void enter(State next, long now) {
                    boolean isAgain = phase.state() == State.HALF_OPEN && next == State.OPEN;
                    super.enter(next, isAgain || next == State.HALF_OPEN ? phase.since() : now);
                }
            };
        }
    }

    @Misconception(
            believed = "A breaker that still gets calls has to rest longer.",
            really = "On a busy system calls never pause, so the rest never ends. A refused call has not reached the"
                    + " service, and says nothing about it.",
            concept = "Circuit breakers")
    public static class ProlongsTheRestWithEachCall extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                @Override
                public synchronized Optional<Permit> permit() {
                    Optional<Permit> permit = super.permit();
                    if (phase.state() == State.OPEN) {
                        enter(State.OPEN, nanos.getAsLong());
                    }
                    return permit;
                }
            };
        }
    }

    @Misconception(
            believed = "The breaker closes when it has succeeded often enough; the window goes on.",
            really =
                    "The window still has the failures that opened it. The next result opens it again, even a success.",
            concept = "Circuit breakers")
    public static class KeepsTheOldFailures extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                private List<Boolean> kept = List.of();

                @Override
                void enter(State next, long now) {
                    kept = phase.state() == State.CLOSED ? List.copyOf(phase.failures()) : kept;
                    super.enter(next, now);
                    if (next == State.CLOSED) {
                        phase.failures().addAll(kept);
                    }
                }
            };
        }
    }

    @Misconception(
            believed = "Compute when the rest ends, and compare with the clock.",
            really = "System.nanoTime() is no time of day: it may be negative, and pass from the greatest long to"
                    + " the least. Only the difference of two values is right then.",
            concept = "Circuit breakers")
    public static class ComparesTimes extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                @Override
                public synchronized Optional<Permit> permit() {
                    long end = phase.since() + rules.rest().toNanos();
                    if (phase.state() == State.OPEN && nanos.getAsLong() < end) {
                        return Optional.empty();
                    }
                    if (phase.state() == State.OPEN) {
                        enter(State.HALF_OPEN, nanos.getAsLong());
                    }
                    return super.permit();
                }
            };
        }
    }

    @Misconception(
            believed = "An AtomicInteger makes the count safe.",
            really = "Each of its methods is one step, but to compare and then to count are two. Two threads see the"
                    + " same free permit, and both take it.",
            concept = "Circuit breakers")
    public static class CountsWithAnAtomicInteger extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Guard(rules, nanos) {
                private final AtomicInteger taken = new AtomicInteger();

                @Override
                public Optional<Permit> permit() {
                    long now = nanos.getAsLong();
                    if (phase.state() == State.OPEN
                            && now - phase.since() >= rules.rest().toNanos()) {
                        enter(State.HALF_OPEN, nanos.getAsLong());
                    }
                    if (phase.state() == State.OPEN
                            || phase.state() == State.HALF_OPEN && taken.get() >= rules.trials()) {
                        return Optional.empty();
                    }
                    Call call = new Call(this, nanos.getAsLong());
                    taken.incrementAndGet();
                    phase.running().add(call);
                    return Optional.of(call);
                }

                @Override
                void enter(State next, long now) {
                    super.enter(next, now);
                    taken.set(0);
                }

                @Override
                synchronized void ended(Call call, Result result) {
                    if (result == Result.IGNORED && phase.running().contains(call)) {
                        taken.decrementAndGet();
                    }
                    super.ended(call, result);
                }
            };
        }
    }
}
