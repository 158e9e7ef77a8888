package lesson09;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lesson09.CircuitBreaker.Breaker;
import lesson09.CircuitBreaker.Permit;
import lesson09.CircuitBreaker.Rules;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.CallLimit;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row is an event at a time in milliseconds: a call {@code asks} for a permit, or its end is reported, as
 * {@code succeeds}, {@code fails} or {@code ignored}. For each call that asks, the output says whether it is permitted.
 */
@Checkpoint(CircuitBreaker.class)
class CircuitBreakerCheckpoint {

    private static final Rules RULES = new Rules(10, 5, Duration.ofSeconds(2), Duration.ofSeconds(30), 3);

    @Test
    @Order(1)
    void callsArePermittedUntilFiveHaveFailed(CircuitBreaker answer) {
        Story story = new Story().fail(0, 1, 2, 3, 4).asks(0, 5, true).asks(0, 6, true);
        story.fails(100, 5).asks(100, 7, false).run(answer);
    }

    /** Of the first ten calls five fail, the first one and the last four. */
    @Test
    @Order(2)
    void failuresNeedNotBeInARow(CircuitBreaker answer) {
        new Story()
                .fail(0, 1)
                .succeed(0, 2, 3, 4, 5, 6)
                .fail(0, 7, 8, 9, 10)
                .asks(0, 11, false)
                .run(answer);
    }

    /** With the eleventh result, the first of five failures is no longer one of the last ten. */
    @Test
    @Order(3)
    void onlyTheLastTenResultsCount(CircuitBreaker answer) {
        new Story()
                .fail(0, 1, 2, 3, 4)
                .succeed(0, 5, 6, 7, 8, 9, 10)
                .fail(0, 11, 12)
                .asks(0, 13, true)
                .succeed(0, 14)
                .fail(0, 15, 16, 17)
                .asks(0, 18, false)
                .run(answer);
    }

    @Test
    @Order(4)
    void itRefusesCallsForItsRestHoweverManyAsk(CircuitBreaker answer) {
        new Story()
                .fail(1_000, 1, 2, 3, 4, 5)
                .asks(1_000, 6, false)
                .asks(20_000, 7, false)
                .asks(30_999, 8, false)
                .asks(31_000, 9, true)
                .run(answer);
    }

    @Test
    @Order(5)
    void afterItsRestItPermitsThreeTrialsAndThenClosesIfAllSucceed(CircuitBreaker answer) {
        new Story()
                .fail(0, 1, 2, 3, 4, 5)
                .asks(30_000, 6, true)
                .asks(30_000, 7, true)
                .asks(30_000, 8, true)
                .asks(30_000, 9, false)
                .succeeds(30_100, 6)
                .asks(30_100, 10, false)
                .succeeds(30_200, 8)
                .asks(30_200, 11, false)
                .succeeds(30_300, 7)
                .asks(30_300, 12, true)
                .asks(30_300, 13, true)
                .asks(30_300, 14, true)
                .asks(30_300, 15, true)
                .run(answer);
    }

    @Test
    @Order(6)
    void aFailedTrialOpensItForAnotherRest(CircuitBreaker answer) {
        new Story()
                .fail(0, 1, 2, 3, 4, 5)
                .asks(32_000, 6, true)
                .asks(32_000, 7, true)
                .succeeds(32_100, 6)
                .fails(33_000, 7)
                .asks(33_000, 8, false)
                .asks(62_999, 9, false)
                .asks(63_000, 10, true)
                .fails(64_000, 10)
                .asks(93_999, 11, false)
                .asks(94_000, 12, true)
                .asks(94_000, 13, true)
                .asks(94_000, 14, true)
                .asks(94_000, 15, false)
                .succeeds(94_000, 12)
                .succeeds(94_000, 13)
                .succeeds(94_000, 14)
                .asks(94_000, 16, true)
                .asks(94_000, 17, true)
                .asks(94_000, 18, true)
                .asks(94_000, 19, true)
                .run(answer);
    }

    @Test
    @Order(7)
    void onceClosedItIsAsIfNew(CircuitBreaker answer) {
        new Story()
                .fail(0, 1, 2, 3, 4, 5)
                .succeed(30_000, 6, 7, 8)
                .fail(30_000, 9, 10, 11, 12)
                .asks(30_000, 13, true)
                .fails(31_000, 13)
                .asks(60_999, 14, false)
                .succeed(61_000, 15, 16)
                .asks(61_000, 17, true)
                .asks(61_000, 18, false)
                .succeeds(61_000, 17)
                .succeed(61_000, 19, 20, 21, 22)
                .run(answer);
    }

    /** The calls begin at 0. The first four take two seconds and count as succeeded. */
    @Test
    @Order(8)
    void aCallThatTakesMoreThanTwoSecondsHasFailed(CircuitBreaker answer) {
        Story story = new Story();
        IntStream.rangeClosed(1, 9).forEach(call -> story.asks(0, call, true));
        IntStream.rangeClosed(1, 4).forEach(call -> story.succeeds(2_000, call));
        IntStream.rangeClosed(5, 8).forEach(call -> story.succeeds(2_001, call));
        story.asks(2_001, 10, true)
                .succeeds(5_000, 9)
                .asks(5_000, 11, false)
                .asks(35_000, 12, true)
                .succeeds(37_001, 12)
                .asks(37_001, 13, false)
                .run(answer);
    }

    @Test
    @Order(9)
    void anIgnoredCallCountsNeitherWay(CircuitBreaker answer) {
        new Story()
                .fail(0, 1, 2, 3, 4)
                .ignore(0, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)
                .asks(0, 21, true)
                .fails(0, 21)
                .asks(0, 22, false)
                .run(answer);
    }

    @Test
    @Order(10)
    void anIgnoredTrialLetsAnotherOneInItsPlace(CircuitBreaker answer) {
        new Story()
                .fail(0, 1, 2, 3, 4, 5)
                .asks(30_000, 6, true)
                .asks(30_000, 7, true)
                .asks(30_000, 8, true)
                .ignored(30_100, 7)
                .ignored(30_100, 7)
                .asks(30_100, 9, true)
                .asks(30_100, 10, false)
                .succeeds(30_200, 6)
                .succeeds(30_200, 8)
                .asks(30_200, 11, false)
                .succeeds(30_300, 9)
                .asks(30_300, 12, true)
                .asks(30_300, 13, true)
                .run(answer);
    }

    /** Calls 6 to 12 begin while the breaker is closed, and end while it is half-open, open again, and closed again. */
    @Test
    @Order(11)
    void aReportFromAnEarlierStateDoesNotCount(CircuitBreaker answer) {
        Story story = new Story();
        IntStream.rangeClosed(6, 16).forEach(call -> story.asks(0, call, true));
        story.fail(0, 1, 2, 3, 4, 5)
                .ignored(1_000, 6)
                .asks(30_000, 21, true)
                .asks(30_000, 22, true)
                .asks(30_000, 23, true)
                .ignored(30_000, 7)
                .asks(30_000, 24, false)
                .succeeds(30_000, 8)
                .succeeds(30_000, 21)
                .succeeds(30_000, 22)
                .asks(30_000, 25, false)
                .fails(30_000, 9)
                .succeeds(30_000, 23)
                .asks(30_000, 26, true);
        IntStream.rangeClosed(10, 16).forEach(call -> story.fails(31_000, call));
        story.asks(31_000, 27, true)
                .fail(31_000, 28, 29, 30, 31)
                .asks(31_000, 32, true)
                .fails(31_000, 23)
                .asks(31_000, 33, true)
                .run(answer);
    }

    /** The trial of a half-open breaker ends when the breaker is half-open again. */
    @Test
    @Order(12)
    void aTrialFromAnEarlierStateDoesNotCount(CircuitBreaker answer) {
        new Story()
                .fail(0, 1, 2, 3, 4, 5)
                .asks(30_000, 6, true)
                .asks(30_000, 7, true)
                .fails(30_000, 6)
                .fails(45_000, 7)
                .asks(60_000, 8, true)
                .asks(60_000, 9, true)
                .succeeds(60_000, 7)
                .succeeds(60_000, 8)
                .succeeds(60_000, 9)
                .asks(60_000, 10, true)
                .asks(60_000, 11, false)
                .run(answer);
    }

    @Test
    @Order(13)
    void ofSeveralReportsToAPermitTheFirstCounts(CircuitBreaker answer) {
        Story story = new Story().asks(0, 1, true);
        IntStream.range(0, 9).forEach(i -> story.fails(0, 1));
        story.asks(0, 2, true)
                .succeeds(0, 2)
                .fails(0, 2)
                .ignore(0, 3)
                .fails(0, 3)
                .fail(0, 4, 5, 6)
                .asks(0, 7, true)
                .fails(0, 7)
                .asks(30_000, 8, true)
                .succeeds(30_000, 8)
                .succeeds(30_000, 8)
                .succeeds(30_000, 8)
                .asks(30_000, 9, true)
                .ignored(30_000, 8)
                .asks(30_000, 10, true)
                .asks(30_000, 11, false)
                .run(answer);
    }

    /** The clock passes the greatest long two seconds after the beginning. */
    @Test
    @Order(14)
    void theClockMayPassTheGreatestLong(CircuitBreaker answer) {
        long start = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);
        new Story()
                .asks(1_000, 1, true)
                .fail(1_000, 2, 3, 4, 5, 6)
                .asks(1_500, 7, false)
                .asks(30_999, 8, false)
                .asks(31_000, 9, true)
                .succeeds(33_001, 9)
                .asks(60_000, 10, false)
                .asks(63_001, 11, true)
                .run(answer, RULES, start);
    }

    @Test
    @Order(15)
    void ofTwoThreadsAtATimeOneGetsTheOnlyPermit(CircuitBreaker answer) {
        Rules rules = new Rules(10, 5, Duration.ofSeconds(2), Duration.ofSeconds(30), 1);
        Story story = new Story().fail(0, 1, 2, 3, 4, 5);
        for (int round = 1; round <= 3; round++) {
            story.twoThreads(31_000 * round, 10 * round).fails(31_000 * round, 10 * round);
        }
        story.run(answer, rules, 0);
    }

    /** The calls from 1,000 on are those of the other breaker. */
    @Test
    @Order(16)
    void breakersKnowNothingOfEachOther(CircuitBreaker answer) {
        new Story()
                .fail(0, 1, 2, 3, 4, 5)
                .fail(1_000, 1_001, 1_002, 1_003, 1_004, 1_005)
                .asks(30_000, 6, true)
                .asks(30_000, 1_006, false)
                .asks(31_000, 1_007, true)
                .asks(31_000, 1_008, true)
                .asks(31_000, 1_009, true)
                .asks(31_000, 7, true)
                .asks(31_000, 8, true)
                .succeeds(31_000, 6)
                .succeeds(31_000, 1_007)
                .succeeds(31_000, 1_008)
                .asks(31_000, 1_010, false)
                .succeeds(31_000, 7)
                .asks(31_000, 9, false)
                .succeeds(31_000, 8)
                .asks(31_000, 10, true)
                .asks(31_000, 1_011, false)
                .run(answer);
    }

    @Test
    @Order(17)
    void theTrialsMayBeMoreThanTheWindow(CircuitBreaker answer) {
        Rules rules = new Rules(2, 1, Duration.ofSeconds(2), Duration.ofSeconds(30), 4);
        new Story()
                .fail(0, 1)
                .asks(0, 2, false)
                .succeed(30_000, 3, 4, 5)
                .asks(30_000, 6, true)
                .asks(30_000, 7, false)
                .succeeds(30_000, 6)
                .asks(30_000, 8, true)
                .asks(30_000, 9, true)
                .run(answer, rules, 0);
    }

    /** In a single run of random calls, a breaker that opens one failure too late may by chance permit the same ones. */
    @Test
    @Order(18)
    void randomCallsArePermittedAsALoopSays(CircuitBreaker answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        for (int run = 0; run < 10; run++) {
            Rules rules = randomRules(random);
            List<ScriptRow> events = random(random);
            Script.of(Story.SCHEMA)
                    .columns(Story.COLUMNS)
                    .title(seed.hint())
                    .batch(events)
                    .emitsInOrder(new Oracle(rules).permitted(events).toArray())
                    .run(new Guarding(answer, rules, 0));
        }
    }

    private static Rules randomRules(Random random) {
        int failures = 1 + random.nextInt(3);
        return new Rules(
                failures + random.nextInt(4),
                failures,
                Duration.ofMillis(30),
                Duration.ofMillis(100),
                1 + random.nextInt(3));
    }

    /** Phases in which most calls fail, or most succeed. */
    private static List<ScriptRow> random(Random random) {
        List<ScriptRow> events = new ArrayList<>();
        int at = 0;
        for (int call = 1; call <= 150; call++) {
            events.add(row(at, call, "asks"));
            at += random.nextInt(8) == 0 ? 100 : random.nextInt(3) * 5;
            for (int reports = 1 + random.nextInt(2); reports > 0; reports--) {
                int of = Math.max(1, call - random.nextInt(5));
                boolean isGood = random.nextInt(10) < (call / 15 % 2 == 0 ? 8 : 1);
                String end = random.nextInt(7) == 0 ? "ignored" : isGood ? "succeeds" : "fails";
                events.add(row(at, of, end));
            }
        }
        return events;
    }

    /** Searches all that has happened since the last change of state, instead of counting. */
    private static final class Oracle {

        private final Rules rules;
        private final Map<Integer, Integer> asked = new HashMap<>();
        private List<String> ends = new ArrayList<>();
        private List<Integer> permitted = new ArrayList<>();
        private String state = "closed";
        private int opened;

        Oracle(Rules rules) {
            this.rules = rules;
        }

        List<ScriptRow> permitted(List<ScriptRow> events) {
            List<ScriptRow> rows = new ArrayList<>();
            for (ScriptRow event : events) {
                int at = event.getInt(0);
                int call = event.getInt(1);
                if (event.getString(2).equals("asks")) {
                    rows.add(row(at, call, asks(at, call)));
                } else if (permitted.contains(call)) {
                    ends(at, call, event.getString(2));
                }
            }
            return rows;
        }

        private boolean asks(int at, int call) {
            if (state.equals("open") && at - opened >= rules.rest().toMillis()) {
                become("half-open", at);
            }
            boolean isFull = ends.stream().filter("succeeds"::equals).count() + permitted.size() == rules.trials();
            boolean isPermitted = state.equals("closed") || state.equals("half-open") && !isFull;
            if (isPermitted) {
                asked.put(call, at);
                permitted.add(call);
            }
            return isPermitted;
        }

        private void ends(int at, int call, String end) {
            permitted.remove((Integer) call);
            boolean isSlow = at - asked.get(call) > rules.slow().toMillis();
            if (!end.equals("ignored")) {
                ends.add(isSlow ? "fails" : end);
            }
            long failed = ends.subList(Math.max(0, ends.size() - rules.window()), ends.size()).stream()
                    .filter("fails"::equals)
                    .count();
            if (failed == (state.equals("closed") ? rules.failures() : 1)) {
                become("open", at);
            } else if (state.equals("half-open") && ends.size() == rules.trials()) {
                become("closed", at);
            }
        }

        private void become(String next, int at) {
            state = next;
            opened = at;
            ends = new ArrayList<>();
            permitted = new ArrayList<>();
        }
    }

    /** Events, and what is expected of each call that asks. */
    private static final class Story {

        static final String SCHEMA = "millis INT, call INT, event STRING";
        static final List<String> COLUMNS = List.of("millis", "call", "permitted");

        private final List<ScriptRow> events = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();

        Story asks(int millis, int call, boolean permitted) {
            expected.add(row(millis, call, permitted));
            return event(millis, call, "asks");
        }

        Story succeeds(int millis, int call) {
            return event(millis, call, "succeeds");
        }

        Story fails(int millis, int call) {
            return event(millis, call, "fails");
        }

        Story ignored(int millis, int call) {
            return event(millis, call, "ignored");
        }

        /** These calls are permitted and fail at once. */
        Story fail(int millis, int... calls) {
            IntStream.of(calls).forEach(call -> asks(millis, call, true).fails(millis, call));
            return this;
        }

        Story succeed(int millis, int... calls) {
            IntStream.of(calls).forEach(call -> asks(millis, call, true).succeeds(millis, call));
            return this;
        }

        Story ignore(int millis, int... calls) {
            IntStream.of(calls).forEach(call -> asks(millis, call, true).ignored(millis, call));
            return this;
        }

        /** This call and the next ask at the same time. The output shows the one with the permit first. */
        Story twoThreads(int millis, int call) {
            expected.add(row(millis, call, true));
            expected.add(row(millis, call + 1, false));
            return event(millis, call, "asks, and another thread");
        }

        private Story event(int millis, int call, String event) {
            events.add(row(millis, call, event));
            return this;
        }

        void run(CircuitBreaker answer) {
            run(answer, RULES, 0);
        }

        void run(CircuitBreaker answer, Rules rules, long start) {
            Script.of(SCHEMA)
                    .columns(COLUMNS)
                    .batch(events)
                    .emitsInOrder(expected.toArray())
                    .run(new Guarding(answer, rules, start));
        }
    }

    /** Asks and reports. A report without a permit is left out. */
    private static final class Guarding implements Job {

        private final Clock clock;
        private final Breaker breaker;
        private final Breaker other;
        private final Map<Integer, Permit> permits = new HashMap<>();
        private final List<ScriptRow> output = new ArrayList<>();
        private List<ScriptRow> events = List.of();

        Guarding(CircuitBreaker answer, Rules rules, long start) {
            clock = new Clock(start);
            clock.millis = 0;
            breaker = answer.breaker(rules, clock::nanos);
            other = answer.breaker(rules, clock::nanos);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            events = rows;
        }

        @Override
        public void run() {
            for (ScriptRow event : events) {
                clock.millis = event.getInt(0);
                int call = event.getInt(1);
                Optional<Permit> permit = Optional.ofNullable(permits.get(call));
                switch (event.getString(2)) {
                    case "asks" -> add(call, (call < 1_000 ? breaker : other).permit());
                    case "succeeds" -> permit.ifPresent(Permit::succeeded);
                    case "fails" -> permit.ifPresent(Permit::failed);
                    case "ignored" -> permit.ifPresent(Permit::ignored);
                    default -> addTwo(call);
                }
            }
        }

        private void add(int call, Optional<Permit> permit) {
            permit.ifPresent(granted -> permits.put(call, granted));
            output.add(row(clock.millis, call, permit.isPresent()));
        }

        private void addTwo(int call) {
            List<Optional<Permit>> asked = clock.atATime(breaker);
            List<Optional<Permit>> sorted = Stream.concat(
                            asked.stream().filter(Optional::isPresent),
                            asked.stream().filter(Optional::isEmpty))
                    .toList();
            add(call, sorted.get(0));
            add(call + 1, sorted.get(1));
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }

    /** A clock that stands still, and at which two threads meet. */
    private static final class Clock {

        private static final int LOOKS = 20;

        private final long start;
        private volatile int millis;
        private volatile Thread[] threads;
        private AtomicInteger[] reads;

        Clock(long start) {
            this.start = start;
        }

        long nanos() {
            Thread[] both = threads;
            if (both != null) {
                int me = Thread.currentThread() == both[0] ? 0 : 1;
                int mine = reads[me].incrementAndGet();
                awaitTheOther(both[1 - me], reads[1 - me], mine);
            }
            return start + TimeUnit.MILLISECONDS.toNanos(millis);
        }

        /** Until it has read the clock as often, has ended, or waits for a lock. */
        private static void awaitTheOther(Thread other, AtomicInteger itsReads, int mine) {
            int waiting = 0;
            while (itsReads.get() < mine && waiting < LOOKS && other.getState() != Thread.State.TERMINATED) {
                boolean waits =
                        List.of(Thread.State.BLOCKED, Thread.State.WAITING).contains(other.getState());
                waiting = waits ? waiting + 1 : 0;
                LockSupport.parkNanos(500_000);
            }
        }

        /** Asks in two threads, each of which waits in the clock for the other. */
        List<Optional<Permit>> atATime(Breaker breaker) {
            List<List<Optional<Permit>>> permits = List.of(new ArrayList<>(), new ArrayList<>());
            reads = new AtomicInteger[] {new AtomicInteger(), new AtomicInteger()};
            Thread[] both = permits.stream()
                    .map(permit -> new Thread(() -> permit.add(breaker.permit())))
                    .toArray(Thread[]::new);
            threads = both;
            CallLimit.run(() -> {
                for (Thread thread : both) {
                    thread.start();
                }
                for (Thread thread : both) {
                    thread.join();
                }
            });
            threads = null;
            return permits.stream().flatMap(List::stream).toList();
        }
    }
}
