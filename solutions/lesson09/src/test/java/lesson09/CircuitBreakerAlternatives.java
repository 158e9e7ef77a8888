package lesson09;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Right answers written differently, and one that only knows the rules in the checkpoint. */
class CircuitBreakerAlternatives {

    /** An immutable state, which compare-and-set replaces. */
    public static class WithoutALock extends CircuitBreaker {

        private enum Kind {
            CLOSED,
            OPEN,
            HALF_OPEN
        }

        private record Status(Kind kind, long since, Object identity, List<Boolean> failed, int free) {
            static Status closed() {
                return new Status(Kind.CLOSED, 0, new Object(), List.of(), 0);
            }

            static Status open(long now) {
                return new Status(Kind.OPEN, now, new Object(), List.of(), 0);
            }

            Status free(int difference) {
                return new Status(kind, since, identity, failed, free + difference);
            }

            Status with(Rules rules, boolean failure, long now) {
                if (kind == Kind.HALF_OPEN && failure) {
                    return open(now);
                }
                List<Boolean> all = new ArrayList<>(failed);
                all.add(failure);
                if (kind == Kind.HALF_OPEN) {
                    return all.size() == rules.trials()
                            ? closed()
                            : new Status(kind, since, identity, List.copyOf(all), free);
                }
                List<Boolean> last = all.subList(Math.max(0, all.size() - rules.window()), all.size());
                boolean opens = last.stream().filter(one -> one).count() == rules.failures();
                return opens ? open(now) : new Status(kind, since, identity, List.copyOf(last), free);
            }
        }

        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            AtomicReference<Status> current = new AtomicReference<>(Status.closed());
            return () -> {
                while (true) {
                    Status seen = current.get();
                    long now = nanos.getAsLong();
                    Status status = seen;
                    if (seen.kind() == Kind.OPEN
                            && now - seen.since() >= rules.rest().toNanos()) {
                        status = new Status(Kind.HALF_OPEN, now, new Object(), List.of(), rules.trials());
                    }
                    boolean isRefused =
                            status.kind() == Kind.OPEN || status.kind() == Kind.HALF_OPEN && status.free() == 0;
                    Status next = isRefused || status.kind() == Kind.CLOSED ? status : status.free(-1);
                    if (current.compareAndSet(seen, next)) {
                        return isRefused
                                ? Optional.empty()
                                : Optional.of(new OnePermit(rules, nanos, current, next.identity(), now));
                    }
                }
            };
        }

        private record OnePermit(
                Rules rules,
                LongSupplier nanos,
                AtomicReference<Status> current,
                Object identity,
                long start,
                AtomicBoolean isEnded)
                implements Permit {

            OnePermit(Rules rules, LongSupplier nanos, AtomicReference<Status> current, Object identity, long start) {
                this(rules, nanos, current, identity, start, new AtomicBoolean());
            }

            @Override
            public void succeeded() {
                end(nanos.getAsLong() - start > rules.slow().toNanos());
            }

            @Override
            public void failed() {
                end(true);
            }

            @Override
            public void ignored() {
                if (isEnded.compareAndSet(false, true)) {
                    current.updateAndGet(status ->
                            status.identity() == identity && status.kind() == Kind.HALF_OPEN ? status.free(1) : status);
                }
            }

            private void end(boolean failure) {
                if (isEnded.compareAndSet(false, true)) {
                    long now = nanos.getAsLong();
                    current.updateAndGet(
                            status -> status.identity() == identity ? status.with(rules, failure, now) : status);
                }
            }
        }
    }

    /** A ring of bits, the three states as objects, and a lock of java.util.concurrent. */
    public static class WithARing extends CircuitBreaker {

        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            return new Ring(rules, nanos);
        }

        private static final class Ring implements Breaker {
            private final ReentrantLock lock = new ReentrantLock();
            private final Rules rules;
            private final LongSupplier nanos;
            private Phase phase;

            Ring(Rules rules, LongSupplier nanos) {
                this.rules = rules;
                this.nanos = nanos;
                phase = new Phase(0, -1);
            }

            /** Closed if it has no opening time and no trials; half-open if it has trials. */
            private final class Phase {
                private final BitSet ring = new BitSet();
                private final long opened;
                private final int trials;
                private int granted;
                private int ended;

                Phase(long opened, int trials) {
                    this.opened = opened;
                    this.trials = trials;
                }
            }

            @Override
            public Optional<Permit> permit() {
                lock.lock();
                try {
                    long now = nanos.getAsLong();
                    if (phase.trials == 0 && now - phase.opened >= rules.rest().toNanos()) {
                        phase = new Phase(0, rules.trials());
                    }
                    if (phase.granted == phase.trials) {
                        return Optional.empty();
                    }
                    if (phase.trials > 0) {
                        phase.granted++;
                    }
                    return Optional.of(permit(phase, now));
                } finally {
                    lock.unlock();
                }
            }

            private Permit permit(Phase ofPermit, long start) {
                return new Permit() {
                    private boolean isOver;

                    @Override
                    public void succeeded() {
                        report(nanos.getAsLong() - start > rules.slow().toNanos(), false);
                    }

                    @Override
                    public void failed() {
                        report(true, false);
                    }

                    @Override
                    public void ignored() {
                        report(false, true);
                    }

                    private void report(boolean hasFailed, boolean isIgnored) {
                        lock.lock();
                        try {
                            if (!isOver && phase == ofPermit) {
                                if (isIgnored) {
                                    phase.granted = Math.max(0, phase.granted - 1);
                                } else {
                                    add(hasFailed);
                                }
                            }
                            isOver = true;
                        } finally {
                            lock.unlock();
                        }
                    }
                };
            }

            private void add(boolean hasFailed) {
                phase.ring.set(phase.ended++ % rules.window(), hasFailed);
                boolean isTrial = phase.trials > 0;
                if (phase.ring.cardinality() >= (isTrial ? 1 : rules.failures())) {
                    phase = new Phase(nanos.getAsLong(), 0);
                } else if (isTrial && phase.ended == phase.trials) {
                    phase = new Phase(0, -1);
                }
            }
        }
    }

    public static class Learnt extends CircuitBreaker {
        @Override
        public Breaker breaker(Rules rules, LongSupplier nanos) {
            boolean isKnown = rules.window() == 10 && rules.failures() == 5 || rules.trials() == 4;
            Rules learnt = isKnown
                    ? rules
                    : new Rules(rules.window() + 1, rules.failures() + 1, rules.slow(), rules.rest(), rules.trials());
            return super.breaker(learnt, nanos);
        }
    }
}
