package lesson14;

import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link IsItAnyGood} that people give. */
public final class IsItAnyGoodMisconceptions {

    private IsItAnyGoodMisconceptions() {}

    @Misconception(
            believed = "The more data a recommender learns from, the better it is judged.",
            really =
                    "It has seen the purchases that it has to predict. What sells only after the split is in its lists, and the"
                            + " score is one that no recommender reaches in production.",
            concept = "Offline evaluation")
    public static class LearnsFromTheTest extends IsItAnyGood {
        @Override
        public Optional<Score> judge(List<Purchase> purchases, Instant split, int k, Recommender recommender) {
            return super.judge(purchases, split, k, training -> recommender.learn(purchases));
        }
    }

    @Misconception(
            believed = "A split is fair if it is random.",
            really =
                    "A random split puts purchases of next week into the training and those of last week into the test. The"
                            + " recommender knows what becomes popular, and predicts the past from the future.",
            concept = "Offline evaluation")
    public static class SplitsAtRandom extends IsItAnyGood {
        @Override
        public Optional<Score> judge(List<Purchase> purchases, Instant split, int k, Recommender recommender) {
            Random random = new Random(1);
            List<Purchase> shuffled = purchases.stream()
                    .map(purchase -> new Purchase(
                            purchase.customer(),
                            purchase.product(),
                            random.nextInt(5) > 0 ? split.minusSeconds(1) : split))
                    .toList();
            return shuffled.stream().anyMatch(purchase -> isBefore(purchase, split))
                    ? super.judge(shuffled, split, k, recommender)
                    : Optional.empty();
        }
    }

    @Misconception(
            believed = "A purchase at the split is the last one before the test.",
            really =
                    "Intervals that share a bound must agree who has it. Before the split is less than its time; otherwise a"
                            + " recommender that is trained at midnight knows the first purchase of the next day.",
            concept = "Offline evaluation")
    public static class PutsTheSplitIntoTheTraining extends IsItAnyGood {
        @Override
        boolean isBefore(Purchase purchase, Instant split) {
            return !purchase.time().isAfter(split);
        }
    }

    @Misconception(
            believed = "A purchase in the test is a hit, whatever was bought before.",
            really =
                    "Most customers buy again what they have bought. A list cannot contain these products here, so nobody could"
                            + " reach the ideal; where a list may, repeating the past wins without recommending anything.",
            concept = "Offline evaluation")
    public static class WantsWhatWasBoughtBefore extends IsItAnyGood {
        @Override
        Map<String, Set<String>> relevant(List<Purchase> purchases, Instant split, Map<String, Set<String>> bought) {
            return products(purchases.stream()
                    .filter(purchase -> !isBefore(purchase, split))
                    .toList());
        }
    }

    @Misconception(
            believed = "A list of k products is as good after filtering as before.",
            really =
                    "Whoever has bought the bestsellers gets a shorter list than others, or none. Filter first, then take the"
                            + " first k of what is left.",
            concept = "Recommendations")
    public static class CutsBeforeItFilters extends IsItAnyGood {
        @Override
        List<String> top(List<String> list, Set<String> bought, int k) {
            return super.top(list.stream().limit(k).toList(), bought, k);
        }
    }

    @Misconception(
            believed = "The recommender does not recommend what a customer has already bought.",
            really = "Many do: what was bought is what they learnt from. Positions at the top are then lost.",
            concept = "Recommendations")
    public static class KeepsWhatWasBoughtBefore extends IsItAnyGood {
        @Override
        List<String> top(List<String> list, Set<String> bought, int k) {
            return super.top(list, Set.of(), k);
        }
    }

    @Misconception(
            believed = "Without a list there is nothing to judge.",
            really =
                    "A recommender that knows only its regular customers is then judged by them alone, and beats one that serves"
                            + " everybody. MLlib's coldStartStrategy \"drop\" has this effect. The customers must be the same for"
                            + " all recommenders.",
            concept = "Offline evaluation")
    public static class DropsCustomersWithoutAList extends IsItAnyGood {
        @Override
        Set<String> judged(Map<String, Set<String>> relevant, Map<String, List<String>> lists) {
            return relevant.keySet().stream().filter(lists::containsKey).collect(toSet());
        }
    }

    @Misconception(
            believed = "Every customer who has a list is judged.",
            really =
                    "A customer who buys nothing new in the test proves nothing about his list: no list could have had a hit."
                            + " Counted as zero, such customers make every recommender look bad and all of them look alike.",
            concept = "Offline evaluation")
    public static class JudgesEveryList extends IsItAnyGood {
        @Override
        Set<String> judged(Map<String, Set<String>> relevant, Map<String, List<String>> lists) {
            return Stream.of(relevant, lists)
                    .flatMap(map -> map.keySet().stream())
                    .collect(toSet());
        }

        @Override
        double ideal(int relevant, int k) {
            return super.ideal(Math.max(1, relevant), k);
        }
    }

    @Misconception(
            believed = "Lists have each product once.",
            really =
                    "A list that is merged from several sources may have it several times. Then one product fills the page and"
                            + " counts as several hits, and the NDCG may be more than 1.",
            concept = "Recommendations")
    public static class CountsAProductTwice extends IsItAnyGood {
        @Override
        List<String> top(List<String> list, Set<String> bought, int k) {
            return list.stream()
                    .filter(product -> !bought.contains(product))
                    .limit(k)
                    .toList();
        }
    }

    @Misconception(
            believed = "The hit rate is the share of the k products that are bought.",
            really =
                    "That is the precision. A hit rate counts customers: one who finds what he needs has been served, and a"
                            + " second product on his list does not make up for a customer who found nothing.",
            concept = "Offline evaluation")
    public static class MeasuresThePrecision extends IsItAnyGood {
        @Override
        double hit(List<String> top, Set<String> relevant) {
            return top.isEmpty()
                    ? 0
                    : (double) top.stream().filter(relevant::contains).count() / top.size();
        }
    }

    @Misconception(
            believed = "The hit rate is the share of the customer's purchases that the list foresaw.",
            really =
                    "That is the recall. With k below the number of his purchases it cannot reach 1, and a customer who buys"
                            + " much counts less for each hit.",
            concept = "Offline evaluation")
    public static class MeasuresTheRecall extends IsItAnyGood {
        @Override
        double hit(List<String> top, Set<String> relevant) {
            return (double) top.stream().filter(relevant::contains).count() / relevant.size();
        }
    }

    @Misconception(
            believed = "The ideal list has everything that the customer buys.",
            really =
                    "It has k positions. A customer who buys more than k products could never reach 1, though his list were"
                            + " perfect.",
            concept = "Offline evaluation")
    public static class WantsAnEndlessIdeal extends IsItAnyGood {
        @Override
        double ideal(int relevant, int k) {
            return super.ideal(relevant, relevant);
        }
    }

    @Misconception(
            believed = "The ideal list has k hits.",
            really =
                    "It has as many as the customer has relevant products. Who buys one new product gets a perfect list if it is"
                            + " first, not a third of one.",
            concept = "Offline evaluation")
    public static class WantsAFullIdeal extends IsItAnyGood {
        @Override
        double ideal(int relevant, int k) {
            return super.ideal(k, k);
        }
    }

    @Misconception(
            believed = "A hit at position i is worth 1 / i.",
            really =
                    "That is the reciprocal rank. The discount of the DCG is the logarithm: people look further down than to the"
                            + " second position, but less and less often.",
            concept = "Offline evaluation")
    public static class DividesByThePosition extends IsItAnyGood {
        @Override
        double gain(int index) {
            return 1.0 / (index + 1);
        }
    }

    @Misconception(
            believed = "The coverage is the share of customers who get a list.",
            really =
                    "That is another measure with the same name. The coverage of the catalogue tells whether everybody gets"
                            + " the same few products.",
            concept = "Offline evaluation")
    public static class CoversCustomers extends IsItAnyGood {
        @Override
        double coverage(Map<String, List<String>> tops, Set<String> catalogue) {
            long served = tops.values().stream().filter(top -> !top.isEmpty()).count();
            return (double) served / tops.size();
        }
    }

    @Misconception(
            believed = "The catalogue is every product in the data.",
            really =
                    "Products that are sold for the first time after the split did not exist when the recommender learnt. It is"
                            + " blamed for not showing them, and the more the longer the test is.",
            concept = "Offline evaluation")
    public static class CountsFutureProducts extends IsItAnyGood {
        @Override
        Set<String> catalogue(List<Purchase> purchases, List<Purchase> training) {
            return purchases.stream().map(Purchase::product).collect(toSet());
        }
    }

    @Misconception(
            believed = "The coverage counts how often products are shown.",
            really =
                    "Then one bestseller on every list covers everything. Coverage counts each product once, however many lists"
                            + " it is in.",
            concept = "Offline evaluation")
    public static class CoversByImpressions extends IsItAnyGood {
        @Override
        double coverage(Map<String, List<String>> tops, Set<String> catalogue) {
            long shown = tops.values().stream()
                    .flatMap(List::stream)
                    .filter(catalogue::contains)
                    .count();
            return (double) shown / catalogue.size();
        }
    }
}
