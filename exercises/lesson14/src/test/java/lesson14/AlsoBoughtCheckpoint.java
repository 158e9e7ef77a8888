package lesson14;

import static workbook.check.script.Script.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lesson14.AlsoBought.Limits;
import lesson14.AlsoBought.Neighbour;
import lesson14.AlsoBought.Purchase;
import lesson14.AlsoBought.Result;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Purchases are written by customer: {@code ann: tea cup} are two. A {@code ?} is a null. The output has a row for each neighbour of
 * each product, with its position, and a row with nulls for a product without neighbours.
 */
@Checkpoint(AlsoBought.class)
class AlsoBoughtCheckpoint {

    private static final Limits USUAL = new Limits(10, 1, 10);
    private static final double HALF = 1 / Math.sqrt(2);

    @Test
    @Order(1)
    void theSimilarityIsTheCosine(AlsoBought answer) {
        new Story("ann: tea cup, bob: tea, cid: cup pot", USUAL)
                .has("tea", 1, "cup", 0.5)
                .has("cup", 1, "pot", HALF)
                .has("cup", 2, "tea", 0.5)
                .has("pot", 1, "cup", HALF)
                .run(answer);
        new Story("ann: tea cup, bob: tea cup, cid: tea, dan: tea cup, eve: cup mug", USUAL)
                .has("tea", 1, "cup", 0.75)
                .has("cup", 1, "tea", 0.75)
                .has("cup", 2, "mug", 0.5)
                .has("mug", 1, "cup", 0.5)
                .run(answer);
    }

    /** Everybody buys bread: of the customers who buy tea, two buy bread and one buys a cup. */
    @Test
    @Order(2)
    void aBestsellerIsNotTheNearestForThatAlone(AlsoBought answer) {
        new Story(
                        "ann: bread tea cup, bob: bread tea, cid: bread, dan: bread, eve: bread, fay: bread, gus: bread cup, hal: bread,"
                                + " ida: bread",
                        USUAL)
                .has("tea", 1, "cup", 0.5)
                .has("tea", 2, "bread", 2 / Math.sqrt(18))
                .has("cup", 1, "tea", 0.5)
                .has("cup", 2, "bread", 2 / Math.sqrt(18))
                .has("bread", 1, "cup", 2 / Math.sqrt(18))
                .has("bread", 2, "tea", 2 / Math.sqrt(18))
                .run(answer);
    }

    @Test
    @Order(3)
    void aCustomerCountsOnceForAProduct(AlsoBought answer) {
        new Story("ann: tea cup tea tea, bob: tea pot, ann: cup, cid: pot", USUAL)
                .has("tea", 1, "cup", HALF)
                .has("tea", 2, "pot", 0.5)
                .has("cup", 1, "tea", HALF)
                .has("pot", 1, "tea", 0.5)
                .run(answer);
    }

    @Test
    @Order(4)
    void productsWithTheSameSimilarityAreInAlphabeticalOrder(AlsoBought answer) {
        new Story("ann: tea pot mug cup jar, bob: tea", new Limits(2, 1, 10))
                .has("tea", 1, "cup", HALF)
                .has("tea", 2, "jar", HALF)
                .has("pot", 1, "cup", 1)
                .has("pot", 2, "jar", 1)
                .has("mug", 1, "cup", 1)
                .has("mug", 2, "jar", 1)
                .has("cup", 1, "jar", 1)
                .has("cup", 2, "mug", 1)
                .has("jar", 1, "cup", 1)
                .has("jar", 2, "mug", 1)
                .run(answer);
    }

    @Test
    @Order(5)
    void aProductHasAsManyNeighboursAsThereIsRoomFor(AlsoBought answer) {
        String purchases = "ann: tea cup, bob: tea cup, cid: tea pot, dan: pot";
        new Story(purchases, new Limits(1, 1, 10))
                .has("tea", 1, "cup", 2 / Math.sqrt(6))
                .has("cup", 1, "tea", 2 / Math.sqrt(6))
                .has("pot", 1, "tea", 1 / Math.sqrt(6))
                .run(answer);
        new Story(purchases, new Limits(2, 1, 10))
                .has("tea", 1, "cup", 2 / Math.sqrt(6))
                .has("tea", 2, "pot", 1 / Math.sqrt(6))
                .has("cup", 1, "tea", 2 / Math.sqrt(6))
                .has("pot", 1, "tea", 1 / Math.sqrt(6))
                .run(answer);
    }

    /** Two customers are enough, one is not, however similar the products are. */
    @Test
    @Order(6)
    void aPairHasTheMinimumOfCustomers(AlsoBought answer) {
        new Story("ann: tea cup, bob: tea cup, cid: tea, dan: jar mug, eve: tea pot, fay: pot", new Limits(10, 2, 10))
                .has("tea", 1, "cup", HALF)
                .has("cup", 1, "tea", HALF)
                .hasNone("jar", "mug", "pot")
                .run(answer);
    }

    @Test
    @Order(7)
    void thereIsRoomAfterThePairsWithTooFewCustomersAreGone(AlsoBought answer) {
        new Story(
                        "ann: tea cup, bob: tea cup, cid: tea, dan: tea, eve: cup, fay: cup, gus: tea jar, hal: cup",
                        new Limits(1, 2, 10))
                .has("tea", 1, "cup", 0.4)
                .has("cup", 1, "tea", 0.4)
                .hasNone("jar")
                .run(answer);
    }

    /** Max buys four products, one of them twice. */
    @Test
    @Order(8)
    void aCustomerWithTooManyProductsIsLeftOut(AlsoBought answer) {
        String purchases = "ann: tea cup, bob: tea, max: tea cup pot jar tea";
        new Story(purchases, new Limits(10, 1, 3))
                .has("tea", 1, "cup", HALF)
                .has("cup", 1, "tea", HALF)
                .hasNone("pot", "jar")
                .run(answer);
        new Story(purchases, new Limits(1, 2, 4))
                .has("tea", 1, "cup", 2 / Math.sqrt(6))
                .has("cup", 1, "tea", 2 / Math.sqrt(6))
                .hasNone("pot", "jar")
                .run(answer);
    }

    @Test
    @Order(9)
    void purchasesWithoutACustomerOrAProductAreRejected(AlsoBought answer) {
        new Story("ann: tea cup ?, ?: tea pot, bob: tea ?, ?: ?", USUAL)
                .has("tea", 1, "cup", HALF)
                .has("cup", 1, "tea", HALF)
                .rejects("ann ?", "? tea", "? pot", "bob ?", "? ?")
                .run(answer);
        new Story("ann: tea ? cup ?", new Limits(10, 1, 2))
                .has("tea", 1, "cup", 1)
                .has("cup", 1, "tea", 1)
                .rejects("ann ?", "ann ?")
                .run(answer);
    }

    @Test
    @Order(10)
    void aProductWithoutNeighboursHasAnEmptyList(AlsoBought answer) {
        new Story("ann: tea, bob: cup, ann: tea", USUAL).hasNone("tea", "cup").run(answer);
        new Story("ann: tea cup", new Limits(10, 1, 1)).hasNone("tea", "cup").run(answer);
    }

    /** The product of the two numbers of customers is more than an int holds. */
    @Test
    @Order(11)
    void manyCustomersAreNoProblem(AlsoBought answer) {
        Script.of("customers INT")
                .columns(Finding.COLUMNS)
                .batch(row(46_342))
                .emits(row("tea", 1, "cup", 1.0), row("cup", 1, "tea", 1.0))
                .run(new Finding(answer, USUAL) {
                    @Override
                    List<Purchase> purchases(List<ScriptRow> rows) {
                        return IntStream.range(0, rows.get(0).getInt(0))
                                .mapToObj(i -> "c" + i)
                                .flatMap(name -> Stream.of(new Purchase(name, "tea"), new Purchase(name, "cup")))
                                .toList();
                    }
                });
    }

    @Test
    @Order(12)
    void randomPurchasesGiveWhatALoopFinds(AlsoBought answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Stream.generate(() -> new Oracle(
                        random(random),
                        new Limits(1 + random.nextInt(3), 1 + random.nextInt(3), 3 + random.nextInt(4))))
                .filter(Oracle::isClear)
                .limit(20)
                .forEach(oracle -> oracle.story(seed).run(answer));
    }

    private static String random(Random random) {
        List<String> purchases = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            purchases.add("c%d: %s"
                    .formatted(
                            Math.min(random.nextInt(8), random.nextInt(8)),
                            random.nextInt(20) == 0 ? "?" : "p" + Math.min(random.nextInt(7), random.nextInt(7))));
        }
        purchases.add("?: p1");
        Collections.shuffle(purchases, random);
        return String.join(", ", purchases);
    }

    private static String text(Purchase purchase) {
        return Objects.toString(purchase.customer(), "?") + " " + Objects.toString(purchase.product(), "?");
    }

    /** Compares each product with each other one, and looks at all purchases every time. */
    private static final class Oracle {

        private final String text;
        private final Limits limits;
        private final List<Purchase> complete;
        private final Set<String> customers;
        private final Set<String> products;

        Oracle(String text, Limits limits) {
            this.text = text;
            this.limits = limits;
            complete = Story.purchases(text).stream()
                    .filter(purchase -> !text(purchase).contains("?"))
                    .toList();
            products = complete.stream().map(Purchase::product).collect(Collectors.toCollection(TreeSet::new));
            customers = complete.stream()
                    .map(Purchase::customer)
                    .filter(customer -> count(product -> hasBought(customer, product)) <= limits.most())
                    .collect(Collectors.toSet());
        }

        private boolean hasBought(String customer, String product) {
            return complete.contains(new Purchase(customer, product));
        }

        private long count(Predicate<String> condition) {
            return products.stream().filter(condition).count();
        }

        private long both(String a, String b) {
            return customers.stream()
                    .filter(customer -> hasBought(customer, a) && hasBought(customer, b))
                    .count();
        }

        private double similarity(String a, String b) {
            return both(a, b) / (Math.sqrt(both(a, a)) * Math.sqrt(both(b, b)));
        }

        private List<String> neighbours(String product) {
            List<String> neighbours = new ArrayList<>();
            for (String other : products) {
                if (!other.equals(product) && both(product, other) >= limits.minimum()) {
                    neighbours.add(other);
                }
            }
            neighbours.sort((a, b) -> isClose(product, a, b)
                    ? a.compareTo(b)
                    : Double.compare(similarity(product, b), similarity(product, a)));
            return neighbours;
        }

        private boolean isClose(String product, String a, String b) {
            return Math.abs(similarity(product, a) - similarity(product, b)) < 1e-9;
        }

        /** Whether no two neighbours have the same cosine from different numbers: rounding would decide their order. */
        boolean isClear() {
            return products.stream()
                    .allMatch(product -> neighbours(product).stream()
                            .allMatch(a -> neighbours(product).stream()
                                    .allMatch(b -> !isClose(product, a, b) || both(a, a) == both(b, b))));
        }

        Story story(Seed seed) {
            Story story = new Story(text, limits).title(seed.hint());
            for (String product : products) {
                List<String> neighbours = neighbours(product);
                for (int i = 0; i < Math.min(limits.size(), neighbours.size()); i++) {
                    story.has(product, i + 1, neighbours.get(i), similarity(product, neighbours.get(i)));
                }
                if (neighbours.isEmpty()) {
                    story.hasNone(product);
                }
            }
            return story.rejects(Story.purchases(text).stream()
                    .map(AlsoBoughtCheckpoint::text)
                    .filter(purchase -> purchase.contains("?"))
                    .toArray(String[]::new));
        }
    }

    /** Purchases, and the neighbours that are expected. */
    private static final class Story {

        private final List<Purchase> purchases;
        private final Limits limits;
        private final List<ScriptRow> expected = new ArrayList<>();
        private String title = "";
        private List<String> rejected = List.of();

        Story(String purchases, Limits limits) {
            this.purchases = purchases(purchases);
            this.limits = limits;
        }

        static List<Purchase> purchases(String text) {
            return Stream.of(text.split(", "))
                    .map(basket -> basket.split(": "))
                    .flatMap(basket -> Stream.of(basket[1].split(" "))
                            .map(product -> new Purchase(orNull(basket[0]), orNull(product))))
                    .toList();
        }

        private static String orNull(String text) {
            return text.equals("?") ? null : text;
        }

        Story title(String hint) {
            title = hint + "; ";
            return this;
        }

        Story has(String product, int position, String neighbour, double similarity) {
            expected.add(row(product, position, neighbour, similarity));
            return this;
        }

        Story hasNone(String... products) {
            Stream.of(products).forEach(product -> expected.add(row(product, null, null, null)));
            return this;
        }

        Story rejects(String... purchases) {
            rejected = List.of(purchases);
            return this;
        }

        void run(AlsoBought answer) {
            Finding finding = new Finding(answer, limits);
            Script.of("customer STRING, product STRING")
                    .columns(Finding.COLUMNS)
                    .title(title + limits)
                    .batch(purchases.stream()
                            .map(purchase -> row(purchase.customer(), purchase.product()))
                            .toList())
                    .emits(expected)
                    .expects("rejected", rejected, finding::rejected)
                    .run(finding);
        }
    }

    /** Calls the answer. */
    private static class Finding implements Job {

        static final String[] COLUMNS = {"product STRING", "position INT", "neighbour STRING", "similarity DOUBLE"};

        private final AlsoBought answer;
        private final Limits limits;
        private List<Purchase> purchases = List.of();
        private Result result;

        Finding(AlsoBought answer, Limits limits) {
            this.answer = answer;
            this.limits = limits;
        }

        List<Purchase> purchases(List<ScriptRow> rows) {
            return rows.stream()
                    .map(row -> new Purchase(row.getString(0), row.getString(1)))
                    .toList();
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            purchases = purchases(rows);
        }

        @Override
        public void run() {
            result = answer.neighbours(purchases, limits);
        }

        @Override
        public List<ScriptRow> output() {
            List<ScriptRow> rows = new ArrayList<>();
            result.neighbours().forEach((product, neighbours) -> {
                for (int i = 0; i < neighbours.size(); i++) {
                    Neighbour neighbour = neighbours.get(i);
                    rows.add(row(product, i + 1, neighbour.product(), neighbour.similarity()));
                }
                if (neighbours.isEmpty()) {
                    rows.add(row(product, null, null, null));
                }
            });
            return rows;
        }

        List<String> rejected() {
            return result.rejected().stream().map(AlsoBoughtCheckpoint::text).toList();
        }
    }
}
