package lesson14;

import static java.util.Comparator.comparing;
import static java.util.Map.Entry.comparingByKey;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link ColdStart} that people give. */
public final class ColdStartMisconceptions {

    private ColdStartMisconceptions() {}

    @Misconception(
            believed = "There are no recommendations for a customer whom the model does not know.",
            really =
                    "New customers are those for whom a list matters most. An empty page or an error shows them nothing, although"
                            + " bestsellers need no history.",
            concept = "Cold start")
    public static class GivesUnknownCustomersNothing extends ColdStart {
        @Override
        public List<Recommendation> recommend(Customer customer, int k, Night night) {
            return night.scores().containsKey(customer.name()) ? super.recommend(customer, k, night) : List.of();
        }
    }

    @Misconception(
            believed = "A fallback is for when there is nothing.",
            really =
                    "A customer with one personal recommendation gets a list of one, which is worse than that of a stranger. Each"
                            + " source fills up what the one before it leaves.",
            concept = "Cold start")
    public static class FallsBackFromNothingOnly extends ColdStart {
        @Override
        List<Recommendation> candidates(Customer customer, Night night) {
            List<Recommendation> all = super.candidates(customer, night);
            return all.stream()
                    .filter(each -> each.source() == all.get(0).source())
                    .toList();
        }
    }

    @Misconception(
            believed = "The first k products are taken, and those that he has are removed.",
            really = "Whoever has bought the bestsellers gets a short list, or none. Remove first, then cut.",
            concept = "Recommendations")
    public static class CutsBeforeItSkips extends ColdStart {
        private int k;

        @Override
        public List<Recommendation> recommend(Customer customer, int k, Night night) {
            this.k = k;
            return super.recommend(customer, k, night);
        }

        @Override
        Stream<Recommendation> sources(Customer customer, Night night) {
            Set<String> seen = new HashSet<>();
            return super.sources(customer, night)
                    .filter(each -> seen.add(each.product()))
                    .limit(k);
        }
    }

    @Misconception(
            believed = "A score of NaN is the lowest one.",
            really =
                    "Java and Spark sort NaN above all numbers, so in a descending order it comes first: a product that the model does"
                            + " not know heads the list.",
            concept = "Cold start")
    public static class SortsNaN extends ColdStart {
        @Override
        Stream<Map.Entry<String, Double>> scores(Map<String, Double> scores) {
            return scores.entrySet().stream().sorted(order());
        }
    }

    @Misconception(
            believed = "NaN means that nothing is known, so it is 0.",
            really =
                    "Then a product that the model does not know is above all that it has scored below 0, and before all fallbacks.",
            concept = "Cold start")
    public static class TakesNaNForZero extends ColdStart {
        @Override
        Stream<Map.Entry<String, Double>> scores(Map<String, Double> scores) {
            return scores.entrySet().stream()
                    .map(score -> Map.entry(score.getKey(), score.getValue().isNaN() ? 0 : score.getValue()))
                    .sorted(order());
        }
    }

    @Misconception(
            believed = "If two products have the same score, it does not matter which comes first.",
            really =
                    "The order then depends on a hash, and so does what is cut off: the page changes when it is loaded again, and no"
                            + " comparison shows what a change has done.",
            concept = "Recommendations")
    public static class LeavesTies extends ColdStart {
        @Override
        Comparator<Map.Entry<String, Double>> order() {
            return comparing(Map.Entry<String, Double>::getValue)
                    .reversed()
                    .thenComparing(comparingByKey(comparing((String key) -> Integer.reverse(key.hashCode()))));
        }
    }

    @Misconception(
            believed = "Bestsellers are bestsellers.",
            really =
                    "What sells in one region may not be sold in another. The region is known before the first purchase, and makes the"
                            + " best list for a stranger.",
            concept = "Cold start")
    public static class IgnoresTheRegion extends ColdStart {
        @Override
        List<String> region(Customer customer, Night night) {
            return List.of();
        }
    }

    @Misconception(
            believed = "Every customer has a region.",
            really =
                    "Of a visitor nobody knows more than that he is there. The immutable maps of Java throw at a null key, and the"
                            + " customer of whom least is known gets an error instead of bestsellers.",
            concept = "Nulls")
    public static class LooksUpNull extends ColdStart {
        @Override
        List<String> region(Customer customer, Night night) {
            return night.regions().getOrDefault(customer.region(), List.of());
        }
    }

    @Misconception(
            believed = "The first purchase says who a customer is.",
            really = "What somebody has bought last says what he is about to do now. Tastes and needs change.",
            concept = "Cold start")
    public static class BeginsWithTheOldest extends ColdStart {
        @Override
        List<String> alsoBought(Customer customer, Night night) {
            List<String> bought = new ArrayList<>(customer.bought());
            Collections.reverse(bought);
            return super.alsoBought(new Customer(customer.name(), customer.region(), bought), night);
        }
    }

    @Misconception(
            believed = "The last purchase is enough.",
            really =
                    "It may be of a product without neighbours, such as a new one. Then a regular customer is treated as a stranger"
                            + " because of his last purchase.",
            concept = "Cold start")
    public static class LooksAtTheLastOnly extends ColdStart {
        @Override
        List<String> alsoBought(Customer customer, Night night) {
            int size = customer.bought().size();
            return super.alsoBought(
                    new Customer(
                            customer.name(),
                            customer.region(),
                            customer.bought().subList(Math.max(0, size - 1), size)),
                    night);
        }
    }

    @Misconception(
            believed = "The night has removed what a customer has bought.",
            really =
                    "It has removed what he had bought by then, and from his personal list only. Bestsellers are the same for"
                            + " everybody. The list is made now, so it is filtered now.",
            concept = "Recommendations")
    public static class RecommendsWhatHeHas extends ColdStart {
        @Override
        boolean isAllowed(String product, Customer customer, Night night) {
            return night.sold().contains(product);
        }
    }

    @Misconception(
            believed = "What sold well yesterday can be recommended today.",
            really =
                    "A model knows purchases, not the stock. It recommends for weeks what nobody can buy any more, and the better"
                            + " it sold, the longer.",
            concept = "Recommendations")
    public static class RecommendsWhatIsGone extends ColdStart {
        @Override
        boolean isAllowed(String product, Customer customer, Night night) {
            return !customer.bought().contains(product);
        }
    }

    @Misconception(
            believed = "The sources have different products.",
            really =
                    "A bestseller is in all of them. Joined as they are, the list has one product several times, and fewer"
                            + " different ones than it has positions.",
            concept = "Recommendations")
    public static class ListsAProductTwice extends ColdStart {
        @Override
        List<Recommendation> candidates(Customer customer, Night night) {
            return sources(customer, night)
                    .filter(each -> isAllowed(each.product(), customer, night))
                    .toList();
        }
    }

    @Misconception(
            believed = "A new product is recommended as soon as it sells.",
            really =
                    "It does not sell if nobody sees it: without purchases it has no neighbours, no score and no rank. Somebody has to"
                            + " show it first.",
            concept = "Cold start")
    public static class WaitsForTheFirstSale extends ColdStart {
        @Override
        Optional<String> added(Customer customer, Night night, List<Recommendation> list) {
            return Optional.empty();
        }
    }

    @Misconception(
            believed = "New products need attention, so they come first.",
            really =
                    "The first position gets most of the attention, and a new product is a guess. At the end it costs least, and is"
                            + " seen often enough to learn from.",
            concept = "Cold start")
    public static class PutsTheNewProductFirst extends ColdStart {
        @Override
        public List<Recommendation> recommend(Customer customer, int k, Night night) {
            List<Recommendation> list = new ArrayList<>(super.recommend(customer, k, night));
            Collections.rotate(list, list.stream().anyMatch(each -> each.source() == Source.NEW) ? 1 : 0);
            return list;
        }
    }

    @Misconception(
            believed = "The position of the new product is kept for it.",
            really =
                    "If there is none, the position stays empty, and all customers see one recommendation less until a product is"
                            + " added.",
            concept = "Cold start")
    public static class KeepsThePositionEmpty extends ColdStart {
        @Override
        public List<Recommendation> recommend(Customer customer, int k, Night night) {
            List<Recommendation> list = super.recommend(customer, k, night);
            boolean isEmpty = k > 1 && list.stream().noneMatch(each -> each.source() == Source.NEW);
            return isEmpty ? first(list, room(k)) : list;
        }
    }

    @Misconception(
            believed = "The new product is added to the list.",
            really =
                    "The list then has k + 1 products, and the page has room for k: the last one, the new product, is never seen.",
            concept = "Cold start")
    public static class AddsOneMore extends ColdStart {
        @Override
        int room(int k) {
            return k;
        }
    }
}
