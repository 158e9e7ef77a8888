package lesson11;

import static workbook.check.script.Script.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lesson11.FragileLake.Crash;
import lesson11.FragileLake.Fenced;
import lesson11.TryAgain.Payment;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row is a story of loads: {@code pay 1 7=100 9=abc} are the payments of day 1, with terminal and cents, and the ids 100 and 101.
 * {@code load 1} loads the day. {@code load 1 crashes} crashes after the first change; the story is played again with a crash after
 * the second change, and so on. With {@code load 1 fails} that change is not made and throws. {@code load 1 overtaken 7=5} is
 * overtaken before that change by a load of other payments. With {@code load 1 beside 7=5} an earlier attempt, which has read other
 * payments, makes all its changes before that change.
 *
 * <p>The output is what the lake has at the end, and what readers have seen on the way, if it was wrong.
 */
@Checkpoint(TryAgain.class)
class TryAgainCheckpoint {

    @Test
    @Order(1)
    void aDayHasTheRevenueOfEachTerminal(TryAgain answer) {
        new Stories()
                .ends("pay 1 7=100 9=30 7=50, load 1", "1: 7=150 9=30", "", "1")
                .ends("pay 1 7=-100 9=0, pay 2 7=5, load 1, load 2", "1: 7=-100 9=0, 2: 7=5", "", "1 2")
                .ends("pay 1 7=2000000000 7=2000000000 9=3000000000, load 1", "1: 7=4000000000 9=3000000000", "", "1")
                .ends("load 1", "", "", "1")
                .run(answer);
    }

    @Test
    @Order(2)
    void malformedPaymentsAreDeadLettersAndTheOthersCount(TryAgain answer) {
        new Stories()
                .ends("pay 1 7=100 9=abc 7=50 null=5 9=30, load 1", "1: 7=150 9=30", "1: 101 103", "1")
                .ends("pay 1 7=null 7=1.5 7= 7=9223372036854775808 7=+5, load 1", "1: 7=5", "1: 100 101 102 103", "1")
                .ends("pay 1 7=abc, load 1", "", "1: 100", "1")
                .run(answer);
    }

    @Test
    @Order(3)
    void aLoadIsTriedAgainAfterACrash(TryAgain answer) {
        new Stories()
                .ends("pay 1 7=100 9=30, load 1 crashes, load 1", "1: 7=100 9=30", "", "1")
                .ends("pay 1 7=100 9=abc 8=1, load 1 crashes, load 1 crashes, load 1", "1: 7=100 8=1", "1: 101", "1")
                .run(answer);
    }

    @Test
    @Order(4)
    void aLoadLeavesOtherDaysAlone(TryAgain answer) {
        new Stories()
                .ends("pay 1 7=100 9=a, pay 2 7=5 9=b, load 1, load 2", "1: 7=100, 2: 7=5", "1: 101, 2: 201", "1 2")
                .ends(
                        "pay 1 7=100 9=a, pay 2 7=5 9=b, load 1, load 2 crashes, load 2",
                        "1: 7=100, 2: 7=5",
                        "1: 101, 2: 201",
                        "1 2")
                .run(answer);
    }

    @Test
    @Order(5)
    void anOlderDayIsLoadedAfterANewerOne(TryAgain answer) {
        new Stories()
                .ends("pay 1 7=100, pay 2 7=5, load 2, load 1", "1: 7=100, 2: 7=5", "", "1 2")
                .ends("pay 1 7=100, pay 3 7=5, load 3, load 1 crashes, load 1", "1: 7=100, 3: 7=5", "", "1 3")
                .run(answer);
    }

    @Test
    @Order(6)
    void aDayThatIsLoadedAgainHasThePaymentsOfNow(TryAgain answer) {
        new Stories()
                .ends("pay 1 7=100 9=30, load 1, pay 1 7=100 8=1, load 1", "1: 7=100 8=1", "", "1")
                .ends("pay 1 7=100 9=abc, load 1, pay 1 7=100 9=30, load 1", "1: 7=100 9=30", "", "1")
                .ends("pay 1 7=100, load 1, pay 1, load 1", "", "", "1")
                .ends("pay 1 7=100, load 1, load 1", "1: 7=100", "", "1")
                .run(answer);
    }

    @Test
    @Order(7)
    void readersNeverSeeAPartOfADay(TryAgain answer) {
        new Stories()
                .ends("pay 1 7=100 9=30 8=a, load 1, pay 1 7=1 9=3 8=1, load 1", "1: 7=1 8=1 9=3", "", "1")
                .ends("pay 1 7=100 9=30, load 1, pay 1 7=1 9=3, load 1 crashes, load 1", "1: 7=1 9=3", "", "1")
                .run(answer);
    }

    @Test
    @Order(8)
    void anAttemptThatWasOvertakenChangesNothing(TryAgain answer) {
        new Stories()
                .ends("pay 1 7=100 9=30, load 1 overtaken 7=5", "1: 7=5", "", "1")
                .ends("pay 1 7=100 9=a, load 1 overtaken 7=5 9=30", "1: 7=5 9=30", "", "1")
                .ends("pay 1 7=100, pay 2 9=30, load 2, load 1 overtaken 7=5", "1: 7=5, 2: 9=30", "", "1 2")
                .ends("pay 1 7=100 9=30, load 1 beside 7=5", "1: 7=100 9=30", "", "1")
                .ends("pay 1 7=100 9=a, load 1 beside 7=b", "1: 7=100", "1: 101", "1")
                .run(answer);
    }

    @Test
    @Order(9)
    void aLoadFailsIfOneOfItsChangesDoes(TryAgain answer) {
        new Stories()
                .ends("pay 1 7=100 9=a, load 1 fails, load 1", "1: 7=100", "1: 101", "1")
                .ends("pay 1 7=100, load 1, pay 1 7=5 9=a, load 1 fails, load 1", "1: 7=5", "1: 101", "1")
                .run(answer);
    }

    @Test
    @Order(10)
    void randomStoriesEndAsALoopSays(TryAgain answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Stories stories = new Stories().title(seed.hint());
        for (int i = 0; i < 60; i++) {
            String story = random(random);
            Lake expected = Lake.after(story);
            stories.ends(story, expected.gold(), expected.dead(), expected.complete());
        }
        stories.run(answer);
    }

    private static String random(Random random) {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int day = 1 + random.nextInt(2);
            if (random.nextInt(3) > 0) {
                steps.add("pay " + day + payments(random));
            }
            int kind = random.nextInt(5);
            if (kind > 2) {
                steps.add("load " + day + (kind == 3 ? " crashes" : " fails"));
            }
            String other = kind == 1 ? " overtaken" + payments(random) : kind == 2 ? " beside" + payments(random) : "";
            steps.add("load " + day + other);
        }
        return String.join(", ", steps);
    }

    private static String payments(Random random) {
        List<String> cents = List.of("null", "x", "", "1.0", "-5", "0", "7", "100", "250", "9223372036854775808");
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> " " + (random.nextInt(12) == 0 ? "null" : "t" + random.nextInt(3)) + "="
                        + cents.get(random.nextInt(cents.size())))
                .collect(Collectors.joining());
    }

    private static LocalDate day(String number) {
        return LocalDate.of(2026, 3, Integer.parseInt(number));
    }

    private static List<Payment> payments(String day, List<String> words) {
        List<Payment> payments = new ArrayList<>();
        for (String word : words) {
            String[] parts = word.split("=", -1);
            payments.add(new Payment(Integer.parseInt(day) * 100L + payments.size(), text(parts[0]), text(parts[1])));
        }
        return payments;
    }

    private static String text(String word) {
        return word.equals("null") ? null : word;
    }

    /** What the lake should have: a loop over the payments of the last load of each day. */
    private record Lake(Map<String, String> goldOf, Map<String, String> deadOf) {

        static Lake after(String story) {
            Map<String, List<Payment>> payments = new HashMap<>();
            Lake lake = new Lake(new TreeMap<>(), new TreeMap<>());
            for (String step : story.split(", ")) {
                List<String> words = List.of(step.split(" "));
                String day = words.get(1);
                if (words.get(0).equals("pay")) {
                    payments.put(day, payments(day, words.subList(2, words.size())));
                } else if (words.contains("overtaken")) {
                    payments.put(day, payments(day, words.subList(3, words.size())));
                }
                if (words.get(0).equals("load") && !words.contains("crashes") && !words.contains("fails")) {
                    lake.goldOf.put(day, gold(payments.getOrDefault(day, List.of())));
                    lake.deadOf.put(day, dead(payments.getOrDefault(day, List.of())));
                }
            }
            return lake;
        }

        static String gold(List<Payment> payments) {
            Map<String, Long> sums = new TreeMap<>();
            for (Payment payment : payments) {
                if (isReadable(payment)) {
                    sums.merge(payment.terminal(), Long.valueOf(payment.cents()), Long::sum);
                }
            }
            return sums.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
        }

        static String dead(List<Payment> payments) {
            return payments.stream()
                    .filter(payment -> !isReadable(payment))
                    .map(payment -> String.valueOf(payment.id()))
                    .collect(Collectors.joining(" "));
        }

        private static boolean isReadable(Payment payment) {
            return payment.terminal() != null
                    && payment.cents() != null
                    && payment.cents().matches("[+-]?\\d{1,18}");
        }

        String gold() {
            return joined(goldOf);
        }

        String dead() {
            return joined(deadOf);
        }

        String complete() {
            return String.join(" ", goldOf.keySet());
        }

        private static String joined(Map<String, String> days) {
            return days.entrySet().stream()
                    .filter(day -> !day.getValue().isEmpty())
                    .map(day -> day.getKey() + ": " + day.getValue())
                    .collect(Collectors.joining(", "));
        }
    }

    /** Stories, and how the lake looks at their ends. */
    private static final class Stories {

        private final List<ScriptRow> given = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private String title =
                "A story is played once for each change at which the load may crash, fail or be overtaken.";

        Stories title(String hint) {
            title = hint;
            return this;
        }

        Stories ends(String story, String gold, String dead, String complete) {
            given.add(row(story));
            expected.add(row(story, null, gold, dead, complete, null));
            return this;
        }

        void run(TryAgain answer) {
            Script.of("story STRING")
                    .columns(
                            "story STRING",
                            "change INT",
                            "gold STRING",
                            "dead_letters STRING",
                            "complete STRING",
                            "a_reader_saw STRING")
                    .title(title)
                    .batch(given)
                    .emitsInOrder(expected.toArray())
                    .run(new Telling(answer));
        }
    }

    /** Plays each story, once for each change that may be the bad one. */
    private static final class Telling implements Job {

        private static final int CHANGES_AT_MOST = 50;

        private final TryAgain answer;
        private final List<ScriptRow> rows = new ArrayList<>();
        private List<ScriptRow> stories = List.of();

        Telling(TryAgain answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            stories = rows;
        }

        @Override
        public void run() {
            for (ScriptRow story : stories) {
                tell(story.getString(0));
            }
        }

        /** One row if all ends are the same, otherwise one for each end, with the first change that leads to it. */
        private void tell(String story) {
            Set<List<String>> ends = new LinkedHashSet<>();
            List<Integer> firstChanges = new ArrayList<>();
            boolean goesOn = true;
            for (int change = 1; goesOn && change <= CHANGES_AT_MOST; change++) {
                Play play = new Play(answer, change);
                play.tell(story);
                goesOn = play.hasHappened;
                if (ends.add(play.end())) {
                    firstChanges.add(change);
                }
            }
            int i = 0;
            for (List<String> end : ends) {
                Integer change = ends.size() == 1 ? null : firstChanges.get(i++);
                rows.add(row(story, change, end.get(0), end.get(1), end.get(2), end.get(3)));
            }
        }

        @Override
        public List<ScriptRow> output() {
            return rows;
        }
    }

    /** Plays one story with one bad change. */
    private static final class Play {

        private final TryAgain answer;
        private final int change;
        private final FragileLake lake = new FragileLake(this::look);
        private final Map<LocalDate, Set<String>> goldOf = new HashMap<>();
        private final Map<LocalDate, Set<String>> deadOf = new HashMap<>();
        private final Set<LocalDate> attempted = new LinkedHashSet<>();
        private final Set<LocalDate> loaded = new LinkedHashSet<>();
        private String seen;
        private int attempts;
        private boolean hasHappened;

        Play(TryAgain answer, int change) {
            this.answer = answer;
            this.change = change;
        }

        void tell(String story) {
            for (String step : story.split(", ")) {
                List<String> words = List.of(step.split(" "));
                String day = words.get(1);
                if (words.get(0).equals("pay")) {
                    receive(day, words.subList(2, words.size()));
                } else if (words.size() == 2) {
                    lake.startAgain();
                    load(day);
                } else if (words.get(2).equals("crashes")) {
                    lake.crashAfter(change);
                    load(day);
                    hasHappened |= lake.isCrashed();
                } else if (words.get(2).equals("fails")) {
                    lake.interruptBefore(change, this::fail);
                    load(day);
                } else if (words.get(2).equals("overtaken")) {
                    overtake(day, words.subList(3, words.size()));
                } else {
                    loadBeside(day, words.subList(3, words.size()));
                }
            }
        }

        /** A load that is over before the change comes is followed by the other one, so that all plays end alike. */
        private void overtake(String day, List<String> words) {
            AtomicBoolean isOvertaken = new AtomicBoolean();
            Runnable overtaking = () -> {
                isOvertaken.set(true);
                receive(day, words);
                load(day);
            };
            lake.interruptBefore(change, overtaking);
            load(day);
            if (isOvertaken.get()) {
                hasHappened = true;
            } else {
                lake.startAgain();
                overtaking.run();
            }
        }

        /** Instead of the change. */
        private void fail() {
            hasHappened = true;
            throw new UncheckedIOException(new IOException("the store does not answer"));
        }

        /** An earlier attempt does all its work before the change. */
        private void loadBeside(String day, List<String> words) {
            int earlier = ++attempts;
            lake.interruptBefore(change, () -> {
                hasHappened = true;
                List<Payment> now = lake.payments(day(day));
                receive(day, words);
                load(day, earlier);
                lake.receive(day(day), now);
            });
            load(day);
        }

        private void receive(String day, List<String> words) {
            List<Payment> payments = payments(day, words);
            lake.receive(day(day), payments);
            if (attempted.contains(day(day))) { // with no payments, if these are the first
                goldOf.putIfAbsent(day(day), new LinkedHashSet<>(Set.of("")));
                deadOf.putIfAbsent(day(day), new LinkedHashSet<>(Set.of("")));
            }
            goldOf.computeIfAbsent(day(day), any -> new LinkedHashSet<>()).add(Lake.gold(payments));
            deadOf.computeIfAbsent(day(day), any -> new LinkedHashSet<>()).add(Lake.dead(payments));
        }

        private void load(String day) {
            load(day, ++attempts);
        }

        private void load(String day, int attempt) {
            attempted.add(day(day));
            try {
                NewInstance.of(answer).load(day(day), attempt, lake);
                loaded.add(day(day));
            } catch (Crash | Fenced | UncheckedIOException e) {
                // the scheduler goes on with the story
            }
        }

        /** Notes the first thing that a reader must not see. */
        private void look() {
            for (LocalDate day : lake.days()) {
                String gold = lake.goldOf(day);
                boolean isBefore = gold.isEmpty() && !loaded.contains(day);
                if (seen == null
                        && !isBefore
                        && !goldOf.getOrDefault(day, Set.of("")).contains(gold)) {
                    seen = "on day %d: %s".formatted(day.getDayOfMonth(), gold.isEmpty() ? "nothing" : gold);
                }
            }
            for (LocalDate day : lake.completeDays()) {
                boolean isWhole = goldOf.getOrDefault(day, Set.of("")).contains(lake.goldOf(day))
                        && deadOf.getOrDefault(day, Set.of("")).contains(lake.deadOf(day));
                if (seen == null && !isWhole) {
                    seen = "day %d complete, without its rows".formatted(day.getDayOfMonth());
                }
            }
        }

        List<String> end() {
            List<String> end = new ArrayList<>();
            Map<String, String> gold = new TreeMap<>();
            Map<String, String> dead = new TreeMap<>();
            for (LocalDate day : lake.days()) {
                gold.put(String.valueOf(day.getDayOfMonth()), lake.goldOf(day));
                dead.put(String.valueOf(day.getDayOfMonth()), lake.deadOf(day));
            }
            end.add(Lake.joined(gold));
            end.add(Lake.joined(dead));
            end.add(lake.completeDays().stream()
                    .sorted()
                    .map(day -> String.valueOf(day.getDayOfMonth()))
                    .collect(Collectors.joining(" ")));
            end.add(seen);
            return end;
        }
    }
}
