package lesson14;

import static workbook.check.script.Script.row;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson14.ColdStart.Customer;
import lesson14.ColdStart.Night;
import lesson14.ColdStart.Recommendation;
import lesson14.ColdStart.Source;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row is what is known of a customer, and what is different from {@link #NIGHT}: {@code bought tea cup, region north, k 3}. The
 * list is written as {@code jar/POPULAR}.
 */
@Checkpoint(ColdStart.class)
class ColdStartCheckpoint {

    private static final String NIGHT =
            "k 3, bought, region, scores, neighbours tea>cup>pot jar>mug>pot, regions north>ale>bun,"
                    + " popular ale tea pan jar, added, gone";

    @Test
    @Order(1)
    void aKnownCustomerGetsWhatTheModelScoresHighest(ColdStart answer) {
        new Cases()
                .gives("scores cup=0.5 pot=0.9 mug=0.7", "pot/PERSONAL mug/PERSONAL cup/PERSONAL")
                .gives("scores cup=0.5 pot=0.9 mug=0.7, k 1", "pot/PERSONAL")
                .gives("scores cup=-0.5 pot=-0.9 mug=0.0", "mug/PERSONAL cup/PERSONAL pot/PERSONAL")
                .run(answer);
    }

    @Test
    @Order(2)
    void productsWithTheSameScoreAreInAlphabeticalOrder(ColdStart answer) {
        new Cases()
                .gives("scores pot=0.5 mug=0.5 cup=0.5 jar=0.5", "cup/PERSONAL jar/PERSONAL mug/PERSONAL")
                .gives("scores pot=0.5 mug=0.5 cup=0.1 jar=0.5", "jar/PERSONAL mug/PERSONAL pot/PERSONAL")
                .run(answer);
    }

    @Test
    @Order(3)
    void aCustomerOfWhomNothingIsKnownGetsTheBestsellers(ColdStart answer) {
        new Cases()
                .gives("k 3", "ale/POPULAR tea/POPULAR pan/POPULAR")
                .gives("k 10", "ale/POPULAR tea/POPULAR pan/POPULAR jar/POPULAR")
                .gives("region south, k 2", "ale/POPULAR tea/POPULAR")
                .run(answer);
    }

    @Test
    @Order(4)
    void theBestsellersOfHisRegionComeFirst(ColdStart answer) {
        new Cases().gives("region north", "ale/REGION bun/REGION tea/POPULAR").run(answer);
    }

    @Test
    @Order(5)
    void whatGoesWithHisLastPurchaseComesBeforeThat(ColdStart answer) {
        new Cases()
                .gives("bought jar, region north", "mug/ALSO_BOUGHT pot/ALSO_BOUGHT ale/REGION")
                .gives("bought jar tea", "cup/ALSO_BOUGHT pot/ALSO_BOUGHT mug/ALSO_BOUGHT")
                .gives("bought tea jar", "mug/ALSO_BOUGHT pot/ALSO_BOUGHT cup/ALSO_BOUGHT")
                .gives("bought jar pan", "mug/ALSO_BOUGHT pot/ALSO_BOUGHT ale/POPULAR")
                .run(answer);
    }

    @Test
    @Order(6)
    void aSourceWithTooFewProductsIsFilledUpByTheNext(ColdStart answer) {
        new Cases()
                .gives(
                        "scores cup=0.9, bought jar, region north, k 7",
                        "cup/PERSONAL mug/ALSO_BOUGHT pot/ALSO_BOUGHT ale/REGION bun/REGION tea/POPULAR pan/POPULAR")
                .gives("scores cup=0.9, k 2", "cup/PERSONAL ale/POPULAR")
                .run(answer);
    }

    @Test
    @Order(7)
    void aScoreThatIsNotANumberIsNoScore(ColdStart answer) {
        new Cases()
                .gives("scores cup=NaN pot=0.1 mug=NaN, k 2", "pot/PERSONAL ale/POPULAR")
                .gives("scores cup=NaN, k 2", "ale/POPULAR tea/POPULAR")
                .run(answer);
    }

    @Test
    @Order(8)
    void aProductIsInTheListOnce(ColdStart answer) {
        new Cases()
                .gives(
                        "scores pot=0.9 ale=0.8, bought jar, region north, k 4",
                        "pot/PERSONAL ale/PERSONAL mug/ALSO_BOUGHT bun/REGION")
                .gives("bought jar tea, k 4", "cup/ALSO_BOUGHT pot/ALSO_BOUGHT mug/ALSO_BOUGHT ale/POPULAR")
                .run(answer);
    }

    @Test
    @Order(9)
    void whatHeHasBoughtIsSkipped(ColdStart answer) {
        new Cases()
                .gives("scores pot=0.9 jar=0.8 cup=0.7, bought pot, k 2", "jar/PERSONAL cup/PERSONAL")
                .gives("bought ale pan, region north, k 2", "bun/REGION tea/POPULAR")
                .gives("bought jar jar mug, k 2", "pot/ALSO_BOUGHT ale/POPULAR")
                .gives("bought ale tea cup pot pan jar mug", "")
                .run(answer);
    }

    @Test
    @Order(10)
    void whatIsNotSoldAnyMoreIsSkipped(ColdStart answer) {
        new Cases()
                .gives("scores pot=0.9 jar=0.8 cup=0.7, gone pot, k 2", "jar/PERSONAL cup/PERSONAL")
                .gives(
                        "bought jar, region north, gone mug ale, k 4",
                        "pot/ALSO_BOUGHT bun/REGION tea/POPULAR pan/POPULAR")
                .gives("added new nut, gone new, k 2", "ale/POPULAR nut/NEW")
                .run(answer);
    }

    @Test
    @Order(11)
    void theLastPositionIsForANewProduct(ColdStart answer) {
        new Cases()
                .gives("added new nut", "ale/POPULAR tea/POPULAR new/NEW")
                .gives("added new nut, k 2", "ale/POPULAR new/NEW")
                .gives("added new nut, k 1", "ale/POPULAR")
                .gives("added new nut, bought new, k 2", "ale/POPULAR nut/NEW")
                .gives("added new, bought new, k 2", "ale/POPULAR tea/POPULAR")
                .gives("added new, scores new=0.9, k 2", "new/PERSONAL ale/POPULAR")
                .gives("added new, scores cup=0.9 new=0.8, k 2", "cup/PERSONAL new/NEW")
                .gives("added new nut, scores new=0.9, k 2", "new/PERSONAL nut/NEW")
                .gives("added new, k 10", "ale/POPULAR tea/POPULAR pan/POPULAR jar/POPULAR new/NEW")
                .run(answer);
    }

    @Test
    @Order(12)
    void randomCustomersGetWhatALoopPicks(ColdStart answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Cases cases = new Cases().title(seed.hint() + "; usually: " + NIGHT);
        for (int i = 0; i < 100; i++) {
            String given = random(random);
            cases.gives(given, Oracle.list(Given.of(given)));
        }
        cases.run(answer);
    }

    private static String random(Random random) {
        String scores = products(random, 4).stream()
                .distinct()
                .map(product -> product + "=" + (random.nextInt(5) == 0 ? "NaN" : "0." + random.nextInt(4)))
                .collect(Collectors.joining(" "));
        return "k %d, bought %s, region %s, scores %s, neighbours p1>%s p2>%s, regions r1>%s, popular %s, added %s, gone %s"
                .formatted(
                        1 + random.nextInt(6),
                        String.join(" ", products(random, 3)),
                        random.nextBoolean() ? "r1" : "",
                        scores,
                        String.join(">", products(random, 2)),
                        String.join(">", products(random, 3)),
                        String.join(">", products(random, 3)),
                        String.join(" ", products(random, 6)),
                        String.join(" ", products(random, 2)),
                        String.join(" ", products(random, 2)))
                .replace("  ", " ")
                .replace(" ,", ",");
    }

    private static List<String> products(Random random, int most) {
        return random.ints(random.nextInt(most + 1), 1, 10)
                .mapToObj(product -> "p" + product)
                .toList();
    }

    /** Picks one product after the other: for each position, it begins with the first source. */
    private static final class Oracle {

        static String list(Given given) {
            Customer customer = given.customer();
            Night night = given.night();
            List<String> list = new ArrayList<>();
            Set<String> skipped = new HashSet<>(customer.bought());
            boolean hasRoom = true;
            while (list.size() < given.k() && hasRoom) {
                boolean isLast = given.k() > 1 && list.size() == given.k() - 1;
                String next = isLast ? pick(night.added(), Source.NEW, skipped, night) : null;
                next = next == null ? pick(customer, night, skipped) : next;
                next = next == null && given.k() > 1 && !isLast
                        ? pick(night.added(), Source.NEW, skipped, night)
                        : next;
                hasRoom = next != null && (isLast || !next.endsWith("NEW"));
                if (next != null) {
                    list.add(next);
                    skipped.add(next.split("/")[0]);
                }
            }
            return String.join(" ", list);
        }

        private static String pick(Customer customer, Night night, Set<String> skipped) {
            String next = null;
            double best = Double.NEGATIVE_INFINITY;
            for (Map.Entry<String, Double> score :
                    night.scores().getOrDefault(customer.name(), Map.of()).entrySet()) {
                boolean isFree = night.sold().contains(score.getKey()) && !skipped.contains(score.getKey());
                boolean isFirst = next != null
                        && score.getValue() == best
                        && score.getKey().compareTo(next) < 0;
                if (isFree && (score.getValue() > best || isFirst)) {
                    next = score.getKey();
                    best = score.getValue();
                }
            }
            if (next != null) {
                return next + "/" + Source.PERSONAL;
            }
            for (int i = 1; i <= customer.bought().size() && next == null; i++) {
                String last = customer.bought().get(customer.bought().size() - i);
                next = pick(night.neighbours().getOrDefault(last, List.of()), Source.ALSO_BOUGHT, skipped, night);
            }
            if (next == null && customer.region() != null) {
                next = pick(night.regions().getOrDefault(customer.region(), List.of()), Source.REGION, skipped, night);
            }
            return next == null ? pick(night.popular(), Source.POPULAR, skipped, night) : next;
        }

        private static String pick(List<String> products, Source source, Set<String> skipped, Night night) {
            for (String product : products) {
                if (night.sold().contains(product) && !skipped.contains(product)) {
                    return product + "/" + source;
                }
            }
            return null;
        }
    }

    /** Inputs by name. */
    private record Given(Map<String, List<String>> values) {

        static Given of(String different) {
            Map<String, List<String>> values = new LinkedHashMap<>();
            Stream.of(NIGHT.split(", "), different.split(", "))
                    .flatMap(Stream::of)
                    .map(value -> List.of(value.split(" ")))
                    .forEach(words -> values.put(words.get(0), words.subList(1, words.size())));
            return new Given(values);
        }

        int k() {
            return Integer.parseInt(values.get("k").get(0));
        }

        Customer customer() {
            return new Customer("ann", values.get("region").stream().findFirst().orElse(null), values.get("bought"));
        }

        Night night() {
            Map<String, Double> scores = values.get("scores").stream()
                    .map(score -> score.split("="))
                    .collect(Collectors.toMap(score -> score[0], score -> Double.valueOf(score[1])));
            return new Night(
                    scores.isEmpty() ? Map.of() : Map.of("ann", Map.copyOf(scores)),
                    lists("neighbours"),
                    lists("regions"),
                    values.get("popular"),
                    values.get("added"),
                    sold());
        }

        private Map<String, List<String>> lists(String name) {
            return values.get(name).stream()
                    .map(list -> List.of(list.split(">")))
                    .collect(Collectors.toUnmodifiableMap(list -> list.get(0), list -> list.subList(1, list.size())));
        }

        private Set<String> sold() {
            return values.values().stream()
                    .flatMap(List::stream)
                    .flatMap(word -> Stream.of(word.split("[>=]")))
                    .filter(word -> !values.get("gone").contains(word))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** What is given, and the list that is expected. */
    private static final class Cases {

        private final List<ScriptRow> given = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private String title = "Usually: " + NIGHT;

        Cases title(String hint) {
            title = hint;
            return this;
        }

        Cases gives(String different, String list) {
            given.add(row(different));
            expected.add(row(different, list));
            return this;
        }

        void run(ColdStart answer) {
            Script.of("given STRING")
                    .columns("given STRING", "list STRING")
                    .title(title)
                    .batch(given)
                    .emitsInOrder(expected.toArray())
                    .run(new Serving(answer));
        }
    }

    /** Calls the answer for each row. */
    private static final class Serving implements Job {

        private final ColdStart answer;
        private final List<ScriptRow> lists = new ArrayList<>();
        private List<ScriptRow> customers = List.of();

        Serving(ColdStart answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            customers = rows;
        }

        @Override
        public void run() {
            for (ScriptRow row : customers) {
                Given given = Given.of(row.getString(0));
                lists.add(row(row.getString(0), text(answer.recommend(given.customer(), given.k(), given.night()))));
            }
        }

        private static String text(List<Recommendation> list) {
            return list.stream()
                    .map(each -> each.product() + "/" + each.source())
                    .collect(Collectors.joining(" "));
        }

        @Override
        public List<ScriptRow> output() {
            return lists;
        }
    }
}
