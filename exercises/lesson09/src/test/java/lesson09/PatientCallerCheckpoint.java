package lesson09;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lesson09.PatientCaller.Environment;
import lesson09.PatientCaller.Limits;
import lesson09.PatientCaller.Response;
import lesson09.PatientCaller.Service;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row is a call. {@code outcomes} has one word for each try, the last one also for all further tries: a status,
 * {@code 429+2000} for one that asks for two seconds, {@code timeout} for no response, {@code mistake} for another
 * exception; behind a {@code *} the payment is booked all the same. A response takes 10 ms, a timeout 1,000 ms. {@code deadline} is in milliseconds after the
 * call's beginning, {@code budget} the number of retries that the process has left.
 */
@Checkpoint(PatientCaller.class)
class PatientCallerCheckpoint {

    private static final int FAR = 1_000_000_000;
    private static final int MANY = 1_000;
    private static final double[] RANDOM = {0.5, 0.25, 0.75};
    private static final double[] HALF = {0.5};
    private static final Rules RULES = new Rules(7, 100, 1_000, RANDOM);

    @Test
    @Order(1)
    void aResponseThatCannotChangeIsReturnedAtOnce(PatientCaller answer) {
        calls(
                        call("200"),
                        call("400"),
                        call("401"),
                        call("404"),
                        call("408"),
                        call("409"),
                        call("501"),
                        call("505"),
                        call("mistake"))
                .emitsInOrder(
                        ended(1, "", "200", 1, 0),
                        ended(1, "", "400", 0, 0),
                        ended(1, "", "401", 0, 0),
                        ended(1, "", "404", 0, 0),
                        ended(1, "", "408", 0, 0),
                        ended(1, "", "409", 0, 0),
                        ended(1, "", "501", 0, 0),
                        ended(1, "", "505", 0, 0),
                        ended(1, "", "mistake", 0, 0))
                .run(new Calling(answer, RULES));
    }

    @Test
    @Order(2)
    void aFailureThatCanPassIsTriedAgain(PatientCaller answer) {
        calls(call("503 200"), call("429 500 200"), call("502 504 400"), call("timeout 200"))
                .emitsInOrder(
                        ended(2, "50", "200", 1, 1),
                        ended(3, "50 50", "200", 1, 2),
                        ended(3, "50 50", "400", 0, 2),
                        ended(2, "50", "200", 1, 1))
                .run(new Calling(answer, RULES));
    }

    @Test
    @Order(3)
    void theLongestWaitDoublesUpToTheCapAndNoWaitFollowsTheLastTry(PatientCaller answer) {
        calls(call("503"), call("timeout")) //
                .emitsInOrder(
                        ended(7, "50 50 300 400 250 750", "503", 0, 6),
                        ended(7, "50 50 300 400 250 750", "timeout", 0, 6))
                .run(new Calling(answer, RULES));
    }

    @Test
    @Order(4)
    void theWaitOfTheLastRetryIsTheCapHoweverManyThereAre(PatientCaller answer) {
        calls(call("503"))
                .emitsInOrder(ended(
                        90,
                        "1 2 4 8 16 32 64 128 256 512 1024 2048 4096 8192 16384 32768 65536 131072 262144 524288 1048576"
                                + " 1800000×68",
                        "503",
                        0,
                        89))
                .run(new Calling(answer, new Rules(90, 2, 3_600_000, HALF)));
    }

    @Test
    @Order(5)
    void oneTryHasNoRetry(PatientCaller answer) {
        calls(call("503"), call("timeout"))
                .emitsInOrder(ended(1, "", "503", 0, 0), ended(1, "", "timeout", 0, 0))
                .run(new Calling(answer, new Rules(1, 100, 100, HALF)));
    }

    @Test
    @Order(6)
    void aCallEndsAsItsLastTry(PatientCaller answer) {
        calls(call("timeout 503"), call("503 timeout"), call("503 404"), call("timeout mistake"))
                .emitsInOrder(
                        ended(2, "50", "503", 0, 1),
                        ended(2, "50", "timeout", 0, 1),
                        ended(2, "50", "404", 0, 1),
                        ended(2, "50", "mistake", 0, 1))
                .run(new Calling(answer, new Rules(2, 100, 100, HALF)));
    }

    @Test
    @Order(7)
    void aPaymentThatIsTriedAgainIsBookedOnceAndAnEqualOneIsBookedToo(PatientCaller answer) {
        calls(call("timeout* 200"), call("500* timeout* 503 200"), call("200"), call("timeout*"))
                .emitsInOrder(
                        ended(2, "50", "200", 1, 1),
                        ended(4, "50 50 300", "200", 1, 3),
                        ended(1, "", "200", 1, 0),
                        ended(7, "50 50 300 400 250 750", "timeout", 1, 6))
                .run(new Calling(answer, RULES));
    }

    @Test
    @Order(8)
    void theCallerWaitsAsLongAsTheServiceAsksForAndItsOwnWait(PatientCaller answer) {
        calls(
                        call("429+2000 200"),
                        call("500+2000 200"),
                        call("503+3000 503 503+1 200"),
                        call("503+2000 timeout 200"),
                        call("400+2000"))
                .emitsInOrder(
                        ended(2, "2050", "200", 1, 1),
                        ended(2, "2050", "200", 1, 1),
                        ended(4, "3050 50 301", "200", 1, 3),
                        ended(3, "2050 50", "200", 1, 2),
                        ended(1, "", "400", 0, 0))
                .run(new Calling(answer, RULES));
    }

    /** The first retry of a 503 would begin 60 ms after the call, that of a timeout 1,050 ms after it. */
    @Test
    @Order(9)
    void noTryBeginsAtTheDeadlineAndNoWaitIsInVain(PatientCaller answer) {
        calls(
                        call("503 200", 60, MANY),
                        call("503 200", 61, MANY),
                        call("timeout 200", 1_050, MANY),
                        call("timeout 200", 1_051, MANY),
                        call("429+2000 200", 2_060, MANY),
                        call("503 503 503 200", 150, MANY),
                        call("200", 5, MANY))
                .emitsInOrder(
                        ended(1, "", "503", 0, 0),
                        ended(2, "50", "200", 1, 1),
                        ended(1, "", "timeout", 0, 0),
                        ended(2, "50", "200", 1, 1),
                        ended(1, "", "429", 0, 0),
                        ended(3, "50 50", "503", 0, 2),
                        ended(1, "", "200", 1, 0))
                .run(new Calling(answer, RULES));
    }

    @Test
    @Order(10)
    void retriesEndWithTheBudget(PatientCaller answer) {
        calls(
                        call("503 200", FAR, 0),
                        call("timeout* 200", FAR, 0),
                        call("503 503 503 200", FAR, 2),
                        call("503 503 200", FAR, 2),
                        call("200", FAR, 0))
                .emitsInOrder(
                        ended(1, "", "503", 0, 0),
                        ended(1, "", "timeout", 1, 0),
                        ended(3, "50 50", "503", 0, 2),
                        ended(3, "50 50", "200", 1, 2),
                        ended(1, "", "200", 1, 0))
                .run(new Calling(answer, RULES));
    }

    /** Of a hundred calls, the first one that ends otherwise is shown. */
    @Test
    @Order(11)
    void randomCallsEndAsALoopSays(PatientCaller answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Rules rules = Rules.random(random);
        List<ScriptRow> calls =
                Stream.generate(() -> randomCall(random)).limit(100).toList();
        ScriptRow shown = calls.stream()
                .filter(call -> !isRight(answer, rules, call))
                .findFirst()
                .orElse(calls.get(0));
        calls(shown).title(seed.hint()).emitsInOrder(expected(rules, shown)).run(new Calling(answer, rules));
    }

    private static ScriptRow randomCall(Random random) {
        List<String> words = List.of(
                "503", "429", "500", "502", "504", "timeout", "timeout*", "503*", "429+2000", "503+40", "200", "404");
        String outcomes = IntStream.rangeClosed(0, random.nextInt(8))
                .mapToObj(i -> words.get(random.nextInt(random.nextInt(3) > 0 ? 10 : 12)))
                .collect(Collectors.joining(" "));
        int deadline = random.nextBoolean() ? FAR : 10 * (1 + random.nextInt(600));
        return call(outcomes, deadline, random.nextInt(3) > 0 ? MANY : random.nextInt(5));
    }

    private static boolean isRight(PatientCaller answer, Rules rules, ScriptRow call) {
        try {
            return new Call(call, rules).ended(answer, new HashMap<>()).equals(expected(rules, call));
        } catch (RuntimeException e) {
            return false; // the script reports it
        }
    }

    /** The oracle. */
    private static ScriptRow expected(Rules rules, ScriptRow call) {
        String[] outcomes = call.getString(0).split(" ");
        long time = 0;
        int retries = 0;
        boolean isBooked = false;
        List<Long> waits = new ArrayList<>();
        while (true) {
            Outcome outcome = Outcome.of(outcomes[Math.min(retries, outcomes.length - 1)]);
            isBooked |= outcome.isBooked();
            time += outcome.millis();
            boolean mayPass = !List.of("200", "400", "404").contains(outcome.name());
            long longest = (long) Math.min(rules.base() * Math.pow(2, retries), rules.cap());
            long wait = (long) (longest * rules.random()[retries % rules.random().length]) + outcome.after();
            boolean isOver = retries + 1 == rules.tries() || retries == call.getInt(2);
            if (!mayPass || isOver || time + wait >= call.getInt(1)) {
                return ended(retries + 1, text(waits), outcome.name(), isBooked ? 1 : 0, retries);
            }
            waits.add(wait);
            time += wait;
            retries++;
        }
    }

    private static ScriptRow call(String outcomes) {
        return call(outcomes, FAR, MANY);
    }

    private static ScriptRow call(String outcomes, int deadline, int budget) {
        return row(outcomes, deadline, budget);
    }

    private static ScriptRow ended(int tries, String waits, String end, int booked, int retries) {
        return row(tries, waits, end, booked, retries);
    }

    private static Script calls(ScriptRow... calls) {
        return Script.of("outcomes STRING, deadline INT, budget INT")
                .columns("tries", "waits", "end", "booked", "retries")
                .batch(List.of(calls));
    }

    /** The waits in milliseconds; {@code 30000×63} are 63 equal ones. */
    private static String text(List<Long> waits) {
        List<String> words = new ArrayList<>();
        for (int from = 0, to; from < waits.size(); from = to) {
            to = from + 1;
            while (to < waits.size() && waits.get(to).equals(waits.get(from))) {
                to++;
            }
            boolean isShort = to - from < 3;
            words.addAll(
                    isShort
                            ? waits.subList(from, to).stream()
                                    .map(String::valueOf)
                                    .toList()
                            : List.of(waits.get(from) + "×" + (to - from)));
        }
        return String.join(" ", words);
    }

    /**
     * The limits of all calls of a script, in milliseconds, and the random numbers, which begin anew with each call.
     */
    private record Rules(int tries, long base, long cap, double[] random) {

        static Rules random(Random random) {
            double[] numbers = random.ints(5, 1, 8).mapToDouble(i -> i / 8.0).toArray();
            int base = 8 * (1 + random.nextInt(50));
            return new Rules(2 + random.nextInt(5), base, base + 8L * random.nextInt(500), numbers);
        }
    }

    /** What a word among the outcomes says. */
    private record Outcome(String name, long after, boolean isBooked) {

        static Outcome of(String word) {
            String[] parts = word.replace("*", "").split("[+]");
            long after = parts.length > 1 ? Long.parseLong(parts[1]) : 0;
            return new Outcome(parts[0], after, word.endsWith("*") || parts[0].equals("200"));
        }

        long millis() {
            return name.equals("timeout") ? 1_000 : 10;
        }

        /** A response, or the exception that the service throws. */
        Object end() {
            return switch (name) {
                case "timeout" -> new TimeoutException("no response within a second");
                case "mistake" -> new Mistake();
                default -> new Response(Integer.parseInt(name), after == 0 ? null : Duration.ofMillis(after));
            };
        }
    }

    /** What the service throws when it is called in a wrong way. */
    private static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** One call: the service that it meets, its clock, its budget. */
    private static final class Call implements Environment {

        private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

        private final String[] outcomes;
        private final int budget;
        private final Rules rules;
        private final Limits limits;
        private final List<Long> waits = new ArrayList<>();
        private Instant now = TEN;
        private int tries;
        private int retries;
        private int drawn;
        private int booked;
        private String lastName;
        private Object last;

        Call(ScriptRow call, Rules rules) {
            outcomes = call.getString(0).split(" ");
            budget = call.getInt(2);
            this.rules = rules;
            limits = new Limits(
                    rules.tries(),
                    Duration.ofMillis(rules.base()),
                    Duration.ofMillis(rules.cap()),
                    TEN.plusMillis(call.getInt(1)));
        }

        /** Calls the service with a payment that equals all others. */
        ScriptRow ended(PatientCaller answer, Map<String, String> bookings) {
            Object end;
            try {
                Service service = (payment, key) -> pay(payment, key, bookings);
                end = answer.call(service, "customer 7, 12.50", limits, this);
            } catch (TimeoutException | Mistake e) {
                end = e;
            }
            String shown = last.equals(end) ? lastName : String.valueOf(end);
            return PatientCallerCheckpoint.ended(tries, text(waits), shown, booked, retries);
        }

        private Response pay(String payment, String key, Map<String, String> bookings) throws TimeoutException {
            if (++tries > 1_000) {
                throw new IllegalStateException("1,000 tries are made, and the call has not ended.");
            }
            Outcome outcome = Outcome.of(outcomes[Math.min(tries, outcomes.length) - 1]);
            now = now.plusMillis(outcome.millis());
            if (outcome.isBooked() && bookings.putIfAbsent(key, payment) == null) {
                booked++;
            }
            lastName = outcome.name();
            last = outcome.end();
            if (last instanceof TimeoutException timeout) {
                throw timeout;
            }
            if (last instanceof Mistake mistake) {
                throw mistake;
            }
            return (Response) last;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            waits.add(duration.toMillis());
            now = now.plus(duration);
        }

        @Override
        public double random() {
            return rules.random()[drawn++ % rules.random().length];
        }

        @Override
        public boolean takeRetry() {
            boolean isLeft = retries < budget;
            retries += isLeft ? 1 : 0;
            return isLeft;
        }
    }

    /** Makes one call for each row, by two callers in turn. The service remembers all keys. */
    private static final class Calling implements Job {

        private final PatientCaller answer;
        private final PatientCaller other;
        private final Rules rules;
        private final Map<String, String> bookings = new HashMap<>();
        private final List<ScriptRow> ended = new ArrayList<>();
        private List<ScriptRow> calls = List.of();

        Calling(PatientCaller answer, Rules rules) {
            this.answer = answer;
            this.other = NewInstance.of(answer);
            this.rules = rules;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            calls = rows;
        }

        @Override
        public void run() {
            for (ScriptRow call : calls) {
                PatientCaller caller = ended.size() % 2 == 0 ? answer : other;
                ended.add(new Call(call, rules).ended(caller, bookings));
            }
        }

        @Override
        public List<ScriptRow> output() {
            return ended;
        }
    }
}
