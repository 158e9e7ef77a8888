package lesson14;

import static workbook.check.script.Script.row;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import lesson14.RecommendApi.Limits;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row changes the store or the clock, or is a request; the output has the answer to each request. {@code ranks 17 v1 10:00 4 9 7} is
 * a new ranking for customer 17 with model v1, which knows events until 10:00; for {@code popular} it is that of all. {@code sends} is a
 * request whose answer is awaited by {@code release} only. {@code reads} asks how often rankings have been read.
 */
@Checkpoint(RecommendApi.class)
class RecommendApiCheckpoint {

    private static final Limits LIMITS = new Limits(50, 2);
    private static final String READS = "reads <= ";

    @Test
    @Order(1)
    void aCustomerGetsTheBestOfHisRanking(RecommendApi answer) {
        new Story()
                .gets("17?k=2", "200 personal v1, age 60: 4 9")
                .gets("17?k=1", "200 personal v1, age 60: 4")
                .gets("17?k=50", "200 personal v1, age 60: 4 9 7 3")
                .run(answer);
    }

    @Test
    @Order(2)
    void withoutANumberItIsTen(RecommendApi answer) {
        new Story()
                .happens("ranks 18 v1 10:00 11 12 13 14 15 16 17 18 19 20 21 22")
                .gets("18", "200 personal v1, age 60: 11 12 13 14 15 16 17 18 19 20")
                .gets("18?page=3", "200 personal v1, age 60: 11 12 13 14 15 16 17 18 19 20")
                .gets("18?page=3&k=2", "200 personal v1, age 60: 11 12")
                .gets("18?k=3&page=2", "200 personal v1, age 60: 11 12 13")
                .gets("18?rank=3&k=2", "200 personal v1, age 60: 11 12")
                .run(answer);
    }

    @Test
    @Order(3)
    void aCustomerOfWhomNothingIsKnownGetsThePopularOnes(RecommendApi answer) {
        new Story()
                .gets("5?k=2", "200 popular v1, age 3660: 1 2")
                .gets("0?k=1", "200 popular v1, age 3660: 1")
                .gets("999999999?k=2", "200 popular v1, age 3660: 1 2")
                .run(answer);
    }

    @Test
    @Order(4)
    void whatIsNoNumberIsRefused(RecommendApi answer) {
        Story story = new Story();
        for (String wrong : List.of("ann", "-1", "1000000000", "4294967313", "1.5", "+17", "%22ann%22", "%D9%A1", "")) {
            story.gets(wrong, "400 error");
        }
        for (String wrong : List.of("", "five", "-1", "1.5", "+5", "%2B5", "%22", "4294967298")) {
            story.gets("17?k=" + wrong, "400 error");
        }
        story.run(answer);
    }

    @Test
    @Order(5)
    void theNumberOfRecommendationsHasLimits(RecommendApi answer) {
        new Story()
                .gets("17?k=0", "400 error")
                .gets("17?k=51", "400 error")
                .gets("17?k=1000000", "400 error")
                .gets("5?k=51", "400 error")
                .readsAtMost(0)
                .run(answer);
    }

    @Test
    @Order(6)
    void thereIsNothingElse(RecommendApi answer) {
        new Story()
                .asks("GET /", "404 error")
                .asks("GET /recommendations", "404 error")
                .asks("GET /recommendation/17", "404 error")
                .asks("GET /recommendations/17/4", "404 error")
                .asks("GET /recommendations/17/", "404 error")
                .asks("GET /v2/recommendations/17", "404 error")
                .asks("POST /recommendations/17", "405 error, Allow: GET")
                .asks("DELETE /recommendations/17", "405 error, Allow: GET")
                .run(answer);
    }

    @Test
    @Order(7)
    void theStateOfACustomerIsOnOneInstance(RecommendApi answer) {
        new Story()
                .happens("owner 5 http://127.0.0.1:8082")
                .gets("5?k=2", "307 http://127.0.0.1:8082/recommendations/5?k=2")
                .gets("5", "307 http://127.0.0.1:8082/recommendations/5")
                .gets("5?k=3&next=%2Fa%0A%26b", "307 http://127.0.0.1:8082/recommendations/5?k=3&next=%2Fa%0A%26b")
                .gets("5?k=51", "400 error")
                .happens("owner 17 http://127.0.0.1:8083")
                .gets("17?k=2", "307 http://127.0.0.1:8083/recommendations/17?k=2")
                .happens("owner 17 http://127.0.0.1:8081")
                .gets("17?k=2", "200 personal v1, age 60: 4 9")
                .readsAtMost(1)
                .run(answer);
    }

    @Test
    @Order(8)
    void whilePartitionsMoveTheClientIsToldWhenToAskAgain(RecommendApi answer) {
        new Story()
                .happens("moving owner 1500")
                .gets("17", "503 error, Retry-After: 2")
                .happens("moving personal 2000")
                .gets("17", "503 error, Retry-After: 2")
                .happens("moving popular 1")
                .gets("5", "503 error, Retry-After: 1")
                .gets("17?k=1", "200 personal v1, age 60: 4")
                .happens("ranks 18 v1 10:00 8 4", "moving best 60001")
                .gets("18?k=2", "503 error, Retry-After: 61")
                .gets("17?k=1", "200 personal v1, age 60: 4")
                .happens("ready")
                .gets("18?k=2", "200 personal v1, age 60: 8 4")
                .run(answer);
    }

    @Test
    @Order(9)
    void aWrongRequestIsRefusedWithoutTheStore(RecommendApi answer) {
        new Story()
                .happens("moving owner 1500")
                .gets("ann", "400 error")
                .gets("17?k=51", "400 error")
                .asks("GET /recommendations", "404 error")
                .asks("POST /recommendations/17", "405 error, Allow: GET")
                .run(answer);
    }

    @Test
    @Order(10)
    void aFailureOfTheStoreIsNotShown(RecommendApi answer) {
        new Story()
                .happens("breaks owner")
                .gets("17", "500 error")
                .happens("breaks popular")
                .gets("5", "500 error")
                .happens("breaks best")
                .gets("17", "500 error")
                .happens("ready")
                .gets("17?k=1", "200 personal v1, age 60: 4")
                .run(answer);
    }

    @Test
    @Order(11)
    void theAgeIsThatOfTheNewestEvent(RecommendApi answer) {
        new Story()
                .happens("clock 10:00:59.999")
                .gets("17?k=1", "200 personal v1, age 59: 4")
                .happens("clock 10:05:30")
                .gets("17?k=1", "200 personal v1, age 330: 4")
                .gets("5?k=1", "200 popular v1, age 3930: 1")
                .happens("ranks 17 v1 10:05:20 4 9")
                .gets("17?k=1", "200 personal v1, age 10: 4")
                .happens("ranks 17 v1 10:05:31.500 4 9")
                .gets("17?k=1", "200 personal v1, age 0: 4")
                .run(answer);
    }

    @Test
    @Order(12)
    void theVersionIsThatOfTheList(RecommendApi answer) {
        new Story()
                .happens("ranks popular v2 09:30 6 5")
                .gets("17?k=2", "200 personal v1, age 60: 4 9")
                .gets("5?k=2", "200 popular v2, age 1860: 6 5")
                .happens("ranks 17 v2 10:00:30 7 3")
                .gets("17?k=2", "200 personal v2, age 30: 7 3")
                .run(answer);
    }

    @Test
    @Order(13)
    void aListIsKeptAsLongAsItsRankingIsTheSame(RecommendApi answer) {
        new Story()
                .happens("ranks 18 v1 10:00 8 4")
                .gets("17?k=2", "200 personal v1, age 60: 4 9")
                .gets("17?k=2", "200 personal v1, age 60: 4 9")
                .readsAtMost(1)
                .gets("18?k=2", "200 personal v1, age 60: 8 4")
                .gets("17?k=3", "200 personal v1, age 60: 4 9 7")
                .gets("17?k=2", "200 personal v1, age 60: 4 9")
                .readsAtMost(3)
                .happens("ranks 17 v2 10:00 7 3")
                .gets("17?k=2", "200 personal v2, age 60: 7 3")
                .happens("ranks 17 v2 10:00:30 3 9")
                .gets("17?k=2", "200 personal v2, age 30: 3 9")
                .happens("ranks 17 v1 10:00:30 9 4")
                .gets("17?k=2", "200 personal v1, age 30: 9 4")
                .readsAtMost(6)
                .run(answer);
    }

    @Test
    @Order(14)
    void allCustomersOfWhomNothingIsKnownShareAList(RecommendApi answer) {
        new Story()
                .gets("5?k=2", "200 popular v1, age 3660: 1 2")
                .gets("6?k=2", "200 popular v1, age 3660: 1 2")
                .gets("17?k=2", "200 personal v1, age 60: 4 9")
                .gets("7?k=2", "200 popular v1, age 3660: 1 2")
                .readsAtMost(2)
                .happens("ranks 5 v1 09:00 3 1", "ranks 0 v1 09:00 2 1")
                .gets("5?k=2", "200 personal v1, age 3660: 3 1")
                .gets("0?k=2", "200 personal v1, age 3660: 2 1")
                .gets("6?k=2", "200 popular v1, age 3660: 1 2")
                .run(answer);
    }

    @Test
    @Order(15)
    void twoRequestsReadAtATimeAndAThirdIsRefused(RecommendApi answer) {
        new Story()
                .happens("ranks 18 v1 10:00 8 4", "ranks 19 v1 10:00 6 5", "ranks 20 v1 10:00 2 3")
                .gets("19?k=1", "200 personal v1, age 60: 6")
                .happens("hold 2", "sends 17?k=2", "sends 18?k=2")
                .gets("20?k=2", "503 error, Retry-After: 1")
                .gets("5?k=2", "503 error, Retry-After: 1")
                .gets("19?k=1", "200 personal v1, age 60: 6")
                .gets("19?k=0", "400 error")
                .releases("17?k=2", "200 personal v1, age 60: 4 9", "18?k=2", "200 personal v1, age 60: 8 4")
                .gets("20?k=2", "200 personal v1, age 60: 2 3")
                .run(answer);
    }

    @Test
    @Order(16)
    void whoeverFailsToReadMakesRoomForTheNext(RecommendApi answer) {
        new Story()
                .happens("moving best 1000")
                .gets("17?k=1", "503 error, Retry-After: 1")
                .gets("17?k=2", "503 error, Retry-After: 1")
                .happens("breaks best")
                .gets("17?k=3", "500 error")
                .happens("ready")
                .gets("17?k=4", "200 personal v1, age 60: 4 9 7 3")
                .gets("17?k=1", "200 personal v1, age 60: 4")
                .gets("17?k=3", "200 personal v1, age 60: 4 9 7")
                .run(answer);
    }

    @Test
    @Order(17)
    void randomRequestsGetWhatALoopAnswers(RecommendApi answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Story story = new Story().title(seed.hint());
        Oracle oracle = new Oracle();
        for (int i = 0; i < 80; i++) {
            int customer = 100 + random.nextInt(4);
            int k = 1 + random.nextInt(3);
            switch (random.nextInt(6)) {
                case 0 -> story.happens(oracle.ranks(String.valueOf(customer), random));
                case 1 -> story.happens(random.nextBoolean() ? oracle.ranks("popular", random) : oracle.clock(random));
                case 2 -> story.happens(oracle.owner(customer, random));
                default -> story.gets(customer + "?k=" + k, oracle.get(customer, k));
            }
        }
        story.readsAtMost(oracle.reads.size()).run(answer);
    }

    /** Knows the same events as the store, and writes the answers as {@link HttpAnswers} does. */
    private static final class Oracle {

        private record Known(String version, int second, List<Integer> terminals) {}

        private final Map<String, Known> known = new HashMap<>(Map.of("popular", new Known("v1", 0, List.of(1, 2, 3))));
        private final Map<Integer, Integer> ports = new HashMap<>();
        private final Map<String, String> last = new HashMap<>();
        private final Set<Integer> reads = new HashSet<>();
        private int now = 3_660;

        String ranks(String whose, Random random) {
            int changed = random.nextInt(3);
            Known before = known.getOrDefault(whose, new Known("v1", 3_600, List.of()));
            String version = changed == 0 ? "v" + (1 + random.nextInt(9)) : before.version();
            int second = changed == 0 ? before.second() : before.second() + 1 + random.nextInt(3);
            // The same state has the same terminals, however often a ranking returns to it.
            List<Integer> terminals = new Random((whose + version + second).hashCode())
                    .ints(4, 1, 50)
                    .boxed()
                    .toList();
            known.put(whose, new Known(version, second, terminals));
            String time = "%02d:%02d:%02d".formatted(9 + second / 3_600, second / 60 % 60, second % 60);
            return "ranks " + whose + " " + version + " " + time + " "
                    + terminals.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }

        String clock(Random random) {
            now += random.nextInt(100);
            return "clock %02d:%02d:%02d.250".formatted(9 + now / 3_600, now / 60 % 60, now % 60);
        }

        String owner(int customer, Random random) {
            ports.put(customer, 8_081 + random.nextInt(8) / 7);
            return "owner " + customer + " http://127.0.0.1:" + ports.get(customer);
        }

        String get(int customer, int k) {
            int port = ports.getOrDefault(customer, 8_081);
            if (port != 8_081) {
                return "307 http://127.0.0.1:" + port + "/recommendations/" + customer + "?k=" + k;
            }
            boolean isPersonal = known.containsKey(String.valueOf(customer));
            String whose = isPersonal ? String.valueOf(customer) : "popular";
            Known ranking = known.get(whose);
            String state = ranking.version() + " " + ranking.second();
            if (!state.equals(last.put(whose + " " + k, state))) {
                reads.add(reads.size());
            }
            return "200 %s %s, age %d: %s"
                    .formatted(
                            isPersonal ? "personal" : "popular",
                            ranking.version(),
                            Math.max(0, now - ranking.second()),
                            ranking.terminals().stream()
                                    .limit(k)
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(" ")));
        }
    }

    /** Events, and the answers that are expected. */
    private static final class Story {

        private final List<ScriptRow> events = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private String title = "";

        Story() {
            happens("clock 10:01", "ranks popular v1 09:00 1 2 3", "ranks 17 v1 10:00 4 9 7 3");
        }

        Story title(String hint) {
            title = hint;
            return this;
        }

        Story happens(String... changes) {
            for (String change : changes) {
                events.add(row(change));
            }
            return this;
        }

        Story gets(String customer, String result) {
            return asks("GET /recommendations/" + customer, result);
        }

        Story asks(String request, String result) {
            events.add(row(request));
            expected.add(row(request, result));
            return this;
        }

        /** Expects that rankings have been read at most so often since the start. */
        Story readsAtMost(int times) {
            return asks(READS + times, "yes");
        }

        /** @param answers each request with its answer, in the order of the requests */
        Story releases(String... answers) {
            events.add(row("release"));
            for (int i = 0; i < answers.length; i += 2) {
                expected.add(row("GET /recommendations/" + answers[i], answers[i + 1]));
            }
            return this;
        }

        void run(RecommendApi answer) {
            Script.of("event STRING")
                    .columns("request STRING", "answer STRING")
                    .title(title)
                    .batch(events)
                    .emitsInOrder(expected.toArray())
                    .run(new Serving(answer));
        }
    }

    /** Serves the answer's handler, and plays the events. */
    private static final class Serving implements Job {

        private final RecommendApi answer;
        private final List<ScriptRow> answers = new ArrayList<>();
        private List<ScriptRow> events = List.of();

        Serving(RecommendApi answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            events = rows;
        }

        @Override
        public void run() throws Exception {
            ScriptedStore store = new ScriptedStore();
            try (HttpAnswers http =
                    new HttpAnswers(answer.handler(store, URI.create(ScriptedStore.SELF), LIMITS, store.clock()))) {
                for (ScriptRow event : events) {
                    play(event.getString(0), store, http);
                }
            }
        }

        private void play(String event, ScriptedStore store, HttpAnswers http) throws Exception {
            if (event.startsWith("sends ")) {
                http.send("GET /recommendations/" + event.substring("sends ".length()), store.nextHeld());
            } else if (event.equals("release")) {
                store.release();
                http.sent().forEach((request, result) -> answers.add(row(request, result)));
            } else if (event.startsWith(READS)) {
                int most = Integer.parseInt(event.substring(READS.length()));
                answers.add(row(event, store.reads() <= most ? "yes" : "no: " + store.reads()));
            } else if (event.contains(" /")) {
                answers.add(row(event, http.get(event, Duration.ofSeconds(10))));
            } else {
                store.apply(event.split(" "));
            }
        }

        @Override
        public List<ScriptRow> output() {
            return answers;
        }
    }
}
