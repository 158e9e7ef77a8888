package lesson09;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * All that a state has to remember is in a phase, and a change of state replaces the phase. So nothing is left of the
 * one before: its running calls are not those of the new phase, and their reports find nothing to end. A second
 * report does not either.
 *
 * <p>The breaker has no timer. It becomes half-open when it is asked for a permit after the rest.
 *
 * <p>One lock guards all fields. Each method holds it for some comparisons, and never during a call of the service.
 */
public class CircuitBreaker {

    /**
     * When a breaker opens and closes.
     *
     * @param window how many calls count, at least {@code failures}
     * @param failures how many of them have to fail, at least 1
     * @param slow how long a call may take and count as succeeded
     * @param rest how long an open breaker refuses calls, at most a day
     * @param trials how many calls a half-open breaker permits, at least 1
     */
    public record Rules(int window, int failures, Duration slow, Duration rest, int trials) {}

    /** Decides which calls are made. */
    public interface Breaker {

        /** Returns a permit for one call. Empty if the call must not be made. */
        Optional<Permit> permit();
    }

    /** Is told how its call has ended. */
    public interface Permit {

        /** The service has responded. */
        void succeeded();

        /** The service has not responded, or with an error of its own. */
        void failed();

        /** The call says nothing about the service: its caller has made a mistake, or given up. */
        void ignored();
    }

    public Breaker breaker(Rules rules, LongSupplier nanos) {
        return new Guard(rules, nanos);
    }

    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    enum Result {
        SUCCEEDED,
        FAILED,
        IGNORED
    }

    /**
     * A state from its beginning to its end.
     *
     * @param running the permitted calls that have not ended
     * @param failures for each call that has ended, whether it has failed; when closed, those of the window
     */
    record Phase(State state, long since, Set<Call> running, Deque<Boolean> failures) {

        Phase(State state, long since) {
            this(state, since, Collections.newSetFromMap(new IdentityHashMap<>()), new ArrayDeque<>());
        }
    }

    static class Guard implements Breaker {

        final Rules rules;
        final LongSupplier nanos;
        Phase phase = new Phase(State.CLOSED, 0);

        Guard(Rules rules, LongSupplier nanos) {
            this.rules = rules;
            this.nanos = nanos;
        }

        @Override
        public synchronized Optional<Permit> permit() {
            long now = nanos.getAsLong();
            if (phase.state() == State.OPEN
                    && now - phase.since() >= rules.rest().toNanos()) {
                enter(State.HALF_OPEN, now);
            }
            if (phase.state() == State.OPEN || phase.state() == State.HALF_OPEN && isFull()) {
                return Optional.empty();
            }
            Call call = new Call(this, now);
            phase.running().add(call);
            return Optional.of(call);
        }

        boolean isFull() {
            return phase.running().size() + phase.failures().size() == rules.trials();
        }

        void enter(State next, long now) {
            phase = new Phase(next, now);
        }

        synchronized void ended(Call call, Result result) {
            if (phase.running().remove(call) && result != Result.IGNORED) {
                long now = nanos.getAsLong();
                count(
                        result == Result.FAILED
                                || now - call.start() > rules.slow().toNanos(),
                        now);
            }
        }

        void count(boolean failed, long now) {
            phase.failures().addLast(failed);
            if (phase.state() == State.HALF_OPEN) {
                judge(failed, now);
                return;
            }
            if (phase.failures().size() > rules.window()) {
                phase.failures().removeFirst();
            }
            if (Collections.frequency(phase.failures(), true) >= rules.failures()) {
                enter(State.OPEN, now);
            }
        }

        private void judge(boolean failed, long now) {
            if (failed) {
                enter(State.OPEN, now);
            } else if (phase.failures().size() == rules.trials()) {
                enter(State.CLOSED, now);
            }
        }
    }

    record Call(Guard guard, long start) implements Permit {

        @Override
        public void succeeded() {
            guard.ended(this, Result.SUCCEEDED);
        }

        @Override
        public void failed() {
            guard.ended(this, Result.FAILED);
        }

        @Override
        public void ignored() {
            guard.ended(this, Result.IGNORED);
        }
    }
}
