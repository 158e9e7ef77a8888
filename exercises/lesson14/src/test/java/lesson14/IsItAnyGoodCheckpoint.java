package lesson14;

import static workbook.check.script.Script.row;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson14.IsItAnyGood.Purchase;
import lesson14.IsItAnyGood.Score;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * A row has purchases such as {@code ann tea 11:00}, and the lists that the recommender returns. The one
 * named {@code popular} learns them: for each customer that it has seen, the products by the number of their purchases.
 */
@Checkpoint(IsItAnyGood.class)
class IsItAnyGoodCheckpoint {

    private static final double SECOND = 1 / log2(3);
    private static final double THIRD = 0.5;

    /** Ann buys a cup and Bob a pot. */
    private static final String TWO =
            "ann tea 10:00, bob cup 10:10, ann cup 13:00, bob pot 13:10, cid pot 10:20, cid mug 10:30";

    @Test
    @Order(1)
    void aHitIsARelevantProductInTheTop(IsItAnyGood answer) {
        new Cases("customers", "hitRate")
                .gives(TWO, "ann: cup, bob: mug pot", 2, 2, 1.0)
                .gives(TWO, "ann: cup, bob: mug pot", 1, 2, 0.5)
                .gives(TWO, "ann: pot, bob: mug", 2, 2, 0.0)
                .gives(TWO, "ann: cup mug, bob: mug tea pot", 2, 2, 0.5)
                .gives("ann tea 10:00, ann cup 13:00, ann pot 13:10", "ann: cup pot", 2, 1, 1.0)
                .gives("ann tea 10:00, ann cup 13:00, ann pot 13:10", "ann: cup pot", 10, 1, 1.0)
                .run(answer);
    }

    @Test
    @Order(2)
    void aHitIsWorthLessTheFurtherDownItIs(IsItAnyGood answer) {
        String one = "ann tea 10:00, ann cup 13:00";
        new Cases("ndcg")
                .gives(one, "ann: cup pot mug jar", 4, 1.0)
                .gives(one, "ann: pot cup mug jar", 4, SECOND)
                .gives(one, "ann: pot mug cup jar", 4, THIRD)
                .gives(one, "ann: pot mug jar cup", 4, 1 / log2(5))
                .gives(one, "ann: pot mug jar cup", 3, 0.0)
                .gives(TWO, "ann: cup, bob: mug pot", 2, (1 + SECOND) / 2)
                .run(answer);
    }

    @Test
    @Order(3)
    void theIdealTopHasAllRelevantProductsFirst(IsItAnyGood answer) {
        String three = "ann tea 10:00, ann cup 13:00, ann pot 13:10, ann mug 13:20";
        new Cases("ndcg")
                .gives(three, "ann: cup pot mug", 3, 1.0)
                .gives(three, "ann: cup jar", 3, 1 / (1 + SECOND + THIRD))
                .gives(three, "ann: jar cup pot", 3, (SECOND + THIRD) / (1 + SECOND + THIRD))
                .gives(three, "ann: cup", 10, 1 / (1 + SECOND + THIRD))
                .run(answer);
    }

    @Test
    @Order(4)
    void theIdealTopIsNotLongerThanTheTop(IsItAnyGood answer) {
        String three = "ann tea 10:00, ann cup 13:00, ann pot 13:10, ann mug 13:20";
        new Cases("ndcg")
                .gives(three, "ann: cup pot mug", 1, 1.0)
                .gives(three, "ann: jar cup", 2, SECOND / (1 + SECOND))
                .gives(three, "ann: cup pot", 2, 1.0)
                .run(answer);
    }

    @Test
    @Order(5)
    void theCoverageIsOfTheProductsBoughtBeforeTheSplit(IsItAnyGood answer) {
        new Cases("coverage")
                .gives(TWO, "ann: cup, bob: mug pot", 2, 0.75)
                .gives(TWO, "ann: mug, bob: mug", 2, 0.25)
                .gives(TWO, "ann: mug cup, bob: mug pot", 1, 0.25)
                .gives(TWO, "ann: mug cup pot, bob: tea pot", 3, 1.0)
                .gives("ann tea 10:00, bob cup 10:10, ann jar 13:00", "ann: jar cup", 2, 0.5)
                .gives("ann tea 10:00, bob cup 10:10, ann jar 13:00", "ann: jar cup", 1, 0.0)
                .run(answer);
    }

    /** Jars are sold for the first time in the test, and cups were sold most often before it. */
    @Test
    @Order(6)
    void theRecommenderLearnsFromThePurchasesBeforeTheSplit(IsItAnyGood answer) {
        String jars = "ann tea 10:00, bob cup 10:10, cid cup 10:20, cid pot 10:30,"
                + " ann jar 13:00, bob jar 13:10, cid jar 13:20, bob pot 13:30";
        new Cases("customers", "hitRate", "ndcg", "coverage")
                .gives(jars, "popular", 1, 3, 1 / 3.0, 1 / 3.0, 1.0)
                .gives(jars, "popular", 2, 3, 1 / 3.0, 1 / (1 + SECOND) / 3, 1.0)
                .run(answer);
    }

    @Test
    @Order(7)
    void aPurchaseAtTheSplitIsInTheTest(IsItAnyGood answer) {
        new Cases("customers", "hitRate", "ndcg", "coverage")
                .gives("ann tea 10:00, ann cup 12:00", "ann: cup", 1, 1, 1.0, 1.0, 0.0)
                .gives("ann tea 10:00, ann cup 11:59:59.999, ann mug 13:00", "ann: mug", 1, 1, 1.0, 1.0, 0.0)
                .gives("ann tea 10:00, bob cup 11:59:59.999, ann cup 12:00", "popular", 1, 1, 1.0, 1.0, 0.5)
                .run(answer);
        new Cases("customers", "hitRate", "ndcg", "coverage")
                .split("12:00:00.500")
                .gives("ann tea 12:00:00.499, ann cup 12:00:00.500", "ann: tea cup", 1, 1, 1.0, 1.0, 0.0)
                .givesNone("ann tea 12:00:00.498, ann cup 12:00:00.499", "ann: cup", 1)
                .run(answer);
    }

    @Test
    @Order(8)
    void whatACustomerHasBoughtBeforeIsNotRelevant(IsItAnyGood answer) {
        String again = "ann tea 10:00, ann tea 13:00, bob cup 10:10, ann cup 13:10";
        new Cases("customers", "hitRate", "ndcg")
                .gives(again, "ann: cup", 1, 1, 1.0, 1.0)
                .gives(again, "ann: cup", 2, 1, 1.0, 1.0)
                .gives("ann tea 10:00, ann tea 13:00, bob cup 10:10, bob tea 13:10", "bob: tea", 1, 1, 1.0, 1.0)
                .run(answer);
    }

    @Test
    @Order(9)
    void whatACustomerHasBoughtBeforeTakesNoPosition(IsItAnyGood answer) {
        String teas = "ann tea 10:00, ann mug 10:05, bob cup 10:10, ann cup 13:00";
        new Cases("hitRate", "ndcg", "coverage")
                .gives(teas, "ann: tea mug cup", 1, 1.0, 1.0, 1 / 3.0)
                .gives(teas, "ann: tea pot mug cup", 2, 1.0, SECOND, 1 / 3.0)
                .gives(teas, "ann: tea mug", 2, 0.0, 0.0, 0.0)
                .run(answer);
    }

    @Test
    @Order(10)
    void aProductCountsAtItsFirstPositionOnly(IsItAnyGood answer) {
        String two = "ann tea 10:00, ann cup 13:00, ann pot 13:10";
        new Cases("hitRate", "ndcg")
                .gives(two, "ann: cup cup", 2, 1.0, 1 / (1 + SECOND))
                .gives(two, "ann: mug mug cup", 2, 1.0, SECOND / (1 + SECOND))
                .gives(two, "ann: mug cup mug pot cup", 3, 1.0, (SECOND + THIRD) / (1 + SECOND))
                .run(answer);
    }

    @Test
    @Order(11)
    void aProductThatIsBoughtTwiceIsOneRelevantProduct(IsItAnyGood answer) {
        new Cases("customers", "ndcg")
                .gives("ann tea 10:00, ann cup 13:00, ann cup 14:00", "ann: cup", 2, 1, 1.0)
                .gives("ann tea 10:00, ann tea 10:05, ann cup 13:00, ann cup 14:00", "ann: mug cup", 2, 1, SECOND)
                .run(answer);
    }

    @Test
    @Order(12)
    void aCustomerWithoutAListIsJudged(IsItAnyGood answer) {
        new Cases("customers", "hitRate", "ndcg", "coverage")
                .gives(TWO, "ann: cup", 1, 2, 0.5, 0.5, 0.25)
                .gives(TWO, "", 1, 2, 0.0, 0.0, 0.0)
                .gives("ann tea 10:00, ann cup 13:00, dan tea 13:10", "ann: cup", 1, 2, 0.5, 0.5, 0.0)
                .gives("ann tea 10:00, ann cup 13:00, dan tea 13:10", "popular", 1, 2, 0.0, 0.0, 0.0)
                .gives("ann tea 10:00, ann cup 13:00, dan tea 13:10", "ann: cup, dan: tea", 1, 2, 1.0, 1.0, 1.0)
                .run(answer);
    }

    @Test
    @Order(13)
    void aCustomerWithoutARelevantProductIsNotJudged(IsItAnyGood answer) {
        new Cases("customers", "hitRate", "ndcg", "coverage")
                .gives(TWO, "ann: cup, bob: pot, cid: tea", 1, 2, 1.0, 1.0, 0.5)
                .gives(TWO, "ann: cup, bob: pot, eve: mug", 1, 2, 1.0, 1.0, 0.5)
                .givesNone("ann tea 10:00", "ann: cup", 1)
                .givesNone("ann tea 10:00, ann tea 13:00", "ann: cup tea", 1)
                .run(answer);
    }

    @Test
    @Order(14)
    void randomListsAreJudgedAsALoopSays(IsItAnyGood answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Cases cases = new Cases("customers", "hitRate", "ndcg", "coverage").title(seed.hint());
        for (int i = 0; i < 60; i++) {
            cases.compares(randomPurchases(random), randomLists(random), 1 + random.nextInt(4));
        }
        cases.run(answer);
    }

    private static String randomPurchases(Random random) {
        List<String> purchases = new ArrayList<>(List.of("c0 p0 09:00"));
        for (int i = 0; i < 14; i++) {
            String time = random.nextInt(8) == 0 ? "12:00" : "%02d:%02d".formatted(10 + random.nextInt(4), i);
            purchases.add("c%d p%d %s".formatted(random.nextInt(4), random.nextInt(6), time));
        }
        Collections.shuffle(purchases, random);
        return String.join(", ", purchases);
    }

    private static String randomLists(Random random) {
        if (random.nextInt(4) == 0) {
            return "popular";
        }
        List<String> lists = new ArrayList<>();
        for (int customer = 0; customer < 5; customer++) {
            if (random.nextInt(5) > 0) {
                String products = random.ints(1 + random.nextInt(7), 0, 7)
                        .mapToObj(product -> "p" + product)
                        .collect(Collectors.joining(" "));
                lists.add("c" + customer + ": " + products);
            }
        }
        return String.join(", ", lists);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    /** Follows the task sentence by sentence, with loops. */
    private static final class Oracle {

        private final List<Purchase> purchases;
        private final Instant split;
        private final Map<String, List<String>> lists;
        private final int k;
        private final Set<String> shown = new HashSet<>();

        Oracle(Given given) {
            purchases = given.purchases();
            split = given.split();
            lists = given.learn(
                    purchases.stream().filter(purchase -> !isTest(purchase)).toList());
            k = given.k();
        }

        private boolean isTest(Purchase purchase) {
            return purchase.time().compareTo(split) >= 0;
        }

        private Set<String> products(String customer, boolean inTest) {
            Set<String> products = new TreeSet<>();
            for (Purchase purchase : purchases) {
                if (isTest(purchase) == inTest
                        && (customer == null || purchase.customer().equals(customer))) {
                    products.add(purchase.product());
                }
            }
            return products;
        }

        Optional<Score> score() {
            int customers = 0;
            double hits = 0;
            double ndcg = 0;
            for (String customer : purchases.stream().map(Purchase::customer).collect(Collectors.toSet())) {
                Set<String> bought = products(customer, false);
                Set<String> relevant = products(customer, true);
                relevant.removeAll(bought);
                if (!relevant.isEmpty()) {
                    double dcg = dcg(lists.getOrDefault(customer, List.of()), bought, relevant);
                    customers++;
                    hits += dcg > 0 ? 1 : 0;
                    ndcg += dcg / ideal(relevant.size());
                }
            }
            Set<String> catalogue = products(null, false);
            shown.removeIf(product -> !catalogue.contains(product));
            return customers == 0
                    ? Optional.empty()
                    : Optional.of(new Score(
                            customers, hits / customers, ndcg / customers, 1.0 * shown.size() / catalogue.size()));
        }

        private double dcg(List<String> list, Set<String> bought, Set<String> relevant) {
            Set<String> seen = new HashSet<>(bought);
            double dcg = 0;
            int position = 1;
            for (String product : list) {
                if (position <= k && seen.add(product)) {
                    position++;
                    shown.add(product);
                    dcg += relevant.contains(product) ? 1 / log2(position) : 0;
                }
            }
            return dcg;
        }

        private double ideal(int relevant) {
            double ideal = 0;
            for (int position = 1; position <= k && position <= relevant; position++) {
                ideal += 1 / log2(position + 1);
            }
            return ideal;
        }
    }

    /** The inputs of a row, read from their texts. */
    private record Given(String purchaseText, String listText, int k, Instant split) {

        List<Purchase> purchases() {
            return Stream.of(purchaseText.split(", "))
                    .map(text -> text.split(" "))
                    .map(words -> new Purchase(words[0], words[1], Script.at(words[2])))
                    .toList();
        }

        Map<String, List<String>> learn(List<Purchase> training) {
            return listText.equals("popular") ? popular(training) : lists();
        }

        private Map<String, List<String>> lists() {
            return Stream.of(listText.split(", "))
                    .filter(text -> !text.isEmpty())
                    .map(text -> text.split(": "))
                    .collect(Collectors.toMap(list -> list[0], list -> List.of(list[1].split(" "))));
        }

        private static Map<String, List<String>> popular(List<Purchase> training) {
            Map<String, Integer> sold = new TreeMap<>();
            training.forEach(purchase -> sold.merge(purchase.product(), -1, Integer::sum));
            List<String> list = new ArrayList<>(sold.keySet());
            list.sort(Comparator.comparing(sold::get));
            return training.stream().collect(Collectors.toMap(Purchase::customer, purchase -> list, (a, b) -> a));
        }
    }

    /** Inputs, and what is expected of some components of their scores. */
    private static final class Cases {

        private static final Map<String, Function<Score, Object>> COMPONENTS = Map.of(
                "customers", Score::customers,
                "hitRate", Score::hitRate,
                "ndcg", Score::ndcg,
                "coverage", Score::coverage);

        private final List<String> components;
        private final List<ScriptRow> given = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private String split = "12:00";
        private String title = "";

        Cases(String... components) {
            this.components = List.of(components);
        }

        Cases title(String hint) {
            title = hint + "; ";
            return this;
        }

        Cases split(String time) {
            split = time;
            return this;
        }

        Cases gives(String purchases, String lists, int k, Object... values) {
            given.add(row(purchases, lists, k));
            expected.add(scored(lists, k, List.of(values)));
            return this;
        }

        Cases givesNone(String purchases, String lists, int k) {
            return gives(given(purchases, lists, k), Optional.empty());
        }

        Cases compares(String purchases, String lists, int k) {
            Given row = given(purchases, lists, k);
            return gives(row, new Oracle(row).score());
        }

        private Given given(String purchases, String lists, int k) {
            return new Given(purchases, lists, k, Script.at(split));
        }

        private Cases gives(Given row, Optional<Score> score) {
            given.add(row(row.purchaseText(), row.listText(), row.k()));
            expected.add(scored(row, score));
            return this;
        }

        private ScriptRow scored(Given row, Optional<Score> score) {
            List<Object> values = components.stream()
                    .map(name -> score.map(COMPONENTS.get(name)).orElse(null))
                    .toList();
            return scored(row.listText(), row.k(), values);
        }

        private static ScriptRow scored(String lists, int k, List<Object> values) {
            return ScriptRow.of(
                    Stream.concat(Stream.of(lists, k), values.stream()).toArray());
        }

        void run(IsItAnyGood answer) {
            List<String> columns = new ArrayList<>(List.of("lists STRING", "k INT"));
            components.forEach(name -> columns.add(name + (name.equals("customers") ? " INT" : " DOUBLE")));
            Script.of("purchases STRING, lists STRING, k INT")
                    .columns(columns)
                    .title(title + "the split is at " + split)
                    .batch(given)
                    .emitsInOrder(expected.toArray())
                    .run(new Judging(answer));
        }

        /** Calls the answer for each row. Without a score its components are null. */
        private final class Judging implements Job {

            private final IsItAnyGood answer;
            private final List<ScriptRow> scores = new ArrayList<>();
            private List<ScriptRow> rows = List.of();

            Judging(IsItAnyGood answer) {
                this.answer = answer;
            }

            @Override
            public void addInput(List<ScriptRow> input) {
                rows = input;
            }

            @Override
            public void run() {
                for (ScriptRow row : rows) {
                    Given given = given(row.getString(0), row.getString(1), row.getInt(2));
                    scores.add(scored(given, answer.judge(given.purchases(), given.split(), given.k(), given::learn)));
                }
            }

            @Override
            public List<ScriptRow> output() {
                return scores;
            }
        }
    }
}
