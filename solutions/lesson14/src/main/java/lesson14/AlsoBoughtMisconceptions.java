package lesson14;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link AlsoBought} that people give. */
public final class AlsoBoughtMisconceptions {

    private AlsoBoughtMisconceptions() {}

    @Misconception(
            believed = "The products that are most often bought together are the most similar ones.",
            really =
                    "The bestseller is bought together with everything, so it is the first neighbour of every product. A"
                            + " similarity divides by what both products sell to.",
            concept = "Recommendations")
    public static class CountsCommonCustomers extends AlsoBought {
        @Override
        double similarity(int both, int customers, int othersCustomers) {
            return both;
        }
    }

    @Misconception(
            believed = "The share of my customers who also buy the other product says how similar it is.",
            really =
                    "That is the confidence, and it does not ask how many buy the other product anyway. It ranks like the plain"
                            + " number, and bestsellers win again.",
            concept = "Recommendations")
    public static class DividesByOneProduct extends AlsoBought {
        @Override
        double similarity(int both, int customers, int othersCustomers) {
            return (double) both / customers;
        }
    }

    @Misconception(
            believed = "To take popularity out, divide by it.",
            really =
                    "The square root of the product divides by it once. The product itself divides twice, as lift does: then two"
                            + " products that one customer bought beat all others.",
            concept = "Recommendations")
    public static class DividesByTheProduct extends AlsoBought {
        @Override
        double similarity(int both, int customers, int othersCustomers) {
            return (double) both / customers / othersCustomers;
        }
    }

    @Misconception(
            believed = "The similarity is the common part of all customers of the two.",
            really =
                    "That is the Jaccard index, another measure. It is lower than the cosine, and much lower if one product has many"
                            + " more customers than the other.",
            concept = "Recommendations")
    public static class TakesJaccard extends AlsoBought {
        @Override
        double similarity(int both, int customers, int othersCustomers) {
            return (double) both / (customers + othersCustomers - both);
        }
    }

    @Misconception(
            believed = "Numbers of customers are ints, and so is their product.",
            really =
                    "From 46,341 customers on, the product of two such numbers overflows, and the root of a negative number is"
                            + " not a number. NaN is above all others when Java sorts.",
            concept = "Money and floating point")
    public static class MultipliesInts extends AlsoBought {
        @Override
        double similarity(int both, int customers, int othersCustomers) {
            return both / Math.sqrt(customers * othersCustomers);
        }
    }

    @Misconception(
            believed = "A product is a neighbour like others if its similarity is high.",
            really = "Nothing is as similar to a product as itself: without an exception it recommends itself first.",
            concept = "Recommendations")
    public static class RecommendsTheProductItself extends AlsoBought {
        @Override
        List<Neighbour> nearest(String product, Map<String, Map<String, Integer>> together, Limits limits) {
            Map<String, Integer> others = together.getOrDefault(product, Map.of());
            List<Neighbour> all = new ArrayList<>(super.nearest(product, together, unlimited(limits)));
            if (others.getOrDefault(product, 0) >= limits.minimum()) {
                all.add(new Neighbour(product, 1));
            }
            return all.stream().sorted(order()).limit(limits.size()).toList();
        }
    }

    @Misconception(
            believed = "A product is as popular as it has purchases.",
            really =
                    "A cosine is between sets of customers. Tea that one customer buys every day would seem to have hundreds of"
                            + " them, of whom hardly any buys a cup: what is bought again and again gets no neighbours.",
            concept = "Recommendations")
    public static class CountsPurchases extends AlsoBought {
        @Override
        Collection<Set<String>> baskets(List<Purchase> purchases, Limits limits) {
            Collection<Set<String>> baskets = new ArrayList<>(super.baskets(purchases, limits));
            Set<Purchase> seen = new HashSet<>();
            for (Purchase purchase : purchases) {
                if (!seen.add(purchase)) {
                    baskets.add(Set.of(purchase.product()));
                }
            }
            return baskets;
        }
    }

    @Misconception(
            believed = "A pair is found once, so it is entered once.",
            really =
                    "A pair has two products, and each is a neighbour of the other. With the first in the alphabet only, half of"
                            + " the lists are missing.",
            concept = "Recommendations")
    public static class KeepsOneDirection extends AlsoBought {
        @Override
        List<Neighbour> nearest(String product, Map<String, Map<String, Integer>> together, Limits limits) {
            return super.nearest(product, together, unlimited(limits)).stream()
                    .filter(neighbour -> product.compareTo(neighbour.product()) < 0)
                    .limit(limits.size())
                    .toList();
        }
    }

    @Misconception(
            believed = "The pairs (a, b) and (b, a) are two, so both count.",
            really =
                    "They are one pair, seen from both sides. Counted twice, the similarity is double, and more than 1.",
            concept = "Recommendations")
    public static class CountsPairsTwice extends AlsoBought {
        @Override
        double similarity(int both, int customers, int othersCustomers) {
            return super.similarity(2 * both, customers, othersCustomers);
        }
    }

    @Misconception(
            believed = "A high similarity is reliable.",
            really =
                    "Two products that one customer bought, and nobody else, have the similarity 1. It takes several customers"
                            + " before a pair means anything.",
            concept = "Recommendations")
    public static class TrustsEveryPair extends AlsoBought {
        @Override
        List<Neighbour> nearest(String product, Map<String, Map<String, Integer>> together, Limits limits) {
            return super.nearest(product, together, new Limits(limits.size(), 1, limits.most()));
        }
    }

    @Misconception(
            believed = "A product has to have the minimum of customers.",
            really =
                    "The pair has to. A bestseller and a product with enough customers may have one in common, by chance, and"
                            + " that is as little evidence as ever.",
            concept = "Recommendations")
    public static class AsksForCustomersOfEachProduct extends AlsoBought {
        @Override
        List<Neighbour> nearest(String product, Map<String, Map<String, Integer>> together, Limits limits) {
            return super.nearest(product, together, new Limits(Integer.MAX_VALUE, 1, limits.most())).stream()
                    .filter(neighbour ->
                            isKnown(product, together, limits) && isKnown(neighbour.product(), together, limits))
                    .limit(limits.size())
                    .toList();
        }

        private static boolean isKnown(String product, Map<String, Map<String, Integer>> together, Limits limits) {
            return together.get(product).get(product) >= limits.minimum();
        }
    }

    @Misconception(
            believed = "The best neighbours are cut off first, and then those with too few customers are removed.",
            really =
                    "The pairs of one customer are the most similar ones and fill the list. Removed afterwards, they leave it short,"
                            + " though there are other neighbours.",
            concept = "Recommendations")
    public static class CutsBeforeItRemoves extends AlsoBought {
        @Override
        List<Neighbour> nearest(String product, Map<String, Map<String, Integer>> together, Limits limits) {
            return super.nearest(product, together, new Limits(limits.size(), 1, limits.most())).stream()
                    .filter(neighbour -> together.get(product).get(neighbour.product()) >= limits.minimum())
                    .toList();
        }
    }

    @Misconception(
            believed = "If two products are equally similar, it does not matter which comes first.",
            really =
                    "The order then depends on a hash or on the order of rows, and so does what is cut off. Two runs over the"
                            + " same purchases publish different lists, and no comparison shows what a change has done.",
            concept = "Recommendations")
    public static class LeavesTies extends AlsoBought {
        @Override
        Comparator<Neighbour> order() {
            return comparing(Neighbour::similarity)
                    .reversed()
                    .thenComparing(
                            neighbour -> Integer.reverse(neighbour.product().hashCode()));
        }
    }

    @Misconception(
            believed = "More purchases are more evidence, so a customer who buys everything helps most.",
            really =
                    "A customer with n products has n (n - 1) / 2 pairs. A program that buys the whole catalogue makes all"
                            + " products neighbours of all others, and costs more than all other customers together.",
            concept = "Recommendations")
    public static class KeepsEveryCustomer extends AlsoBought {
        @Override
        Collection<Set<String>> baskets(List<Purchase> purchases, Limits limits) {
            return super.baskets(purchases, new Limits(limits.size(), limits.minimum(), Integer.MAX_VALUE));
        }
    }

    @Misconception(
            believed = "It is enough to leave the pairs of such a customer out.",
            really =
                    "If he still counts as a customer of each product, all similarities are lower than those of the others'"
                            + " purchases, and the more the fewer customers a product has.",
            concept = "Recommendations")
    public static class CountsLargeCustomersAlone extends AlsoBought {
        @Override
        Collection<Set<String>> baskets(List<Purchase> purchases, Limits limits) {
            Collection<Set<String>> all =
                    super.baskets(purchases, new Limits(limits.size(), limits.minimum(), Integer.MAX_VALUE));
            List<Set<String>> baskets = new ArrayList<>();
            for (Set<String> basket : all) {
                if (basket.size() > limits.most()) {
                    basket.forEach(product -> baskets.add(Set.of(product)));
                } else {
                    baskets.add(basket);
                }
            }
            return baskets;
        }
    }

    @Misconception(
            believed = "A customer with many purchases is a customer with many products.",
            really = "A regular customer buys the same few products all year. He is the best evidence that there is.",
            concept = "Recommendations")
    public static class LimitsPurchases extends AlsoBought {
        @Override
        Collection<Set<String>> baskets(List<Purchase> purchases, Limits limits) {
            Map<String, Integer> numbers = new HashMap<>();
            purchases.forEach(purchase -> numbers.merge(purchase.customer(), 1, Integer::sum));
            return super.baskets(
                    purchases.stream()
                            .filter(purchase -> numbers.get(purchase.customer()) <= limits.most())
                            .toList(),
                    limits);
        }
    }

    @Misconception(
            believed = "Null is a customer like others.",
            really =
                    "It is everybody who was not known. Their purchases become one basket, and products that nobody has ever bought"
                            + " together become neighbours.",
            concept = "Nulls")
    public static class TakesNullForACustomer extends AlsoBought {
        @Override
        public Result neighbours(List<Purchase> purchases, Limits limits) {
            return super.neighbours(
                    purchases.stream()
                            .map(purchase ->
                                    purchase.customer() == null ? new Purchase("null", purchase.product()) : purchase)
                            .toList(),
                    limits);
        }
    }

    @Misconception(
            believed = "A row that is of no use can be dropped.",
            really =
                    "Nobody notices then that a sender has stopped to fill a column, and lists get worse from day to day. Set such"
                            + " rows aside and count them.",
            concept = "Malformed records")
    public static class DropsRejected extends AlsoBought {
        @Override
        public Result neighbours(List<Purchase> purchases, Limits limits) {
            return new Result(super.neighbours(purchases, limits).neighbours(), List.of());
        }
    }

    @Misconception(
            believed = "A product without neighbours is not in the result.",
            really =
                    "Then nobody can tell a product without neighbours from one that does not exist, or from a list that got lost"
                            + " on the way.",
            concept = "Recommendations")
    public static class OmitsLonelyProducts extends AlsoBought {
        @Override
        public Result neighbours(List<Purchase> purchases, Limits limits) {
            Result result = super.neighbours(purchases, limits);
            Map<String, List<Neighbour>> neighbours = new TreeMap<>(result.neighbours());
            neighbours.values().removeIf(List::isEmpty);
            return new Result(neighbours, result.rejected());
        }
    }

    private static AlsoBought.Limits unlimited(AlsoBought.Limits limits) {
        return new AlsoBought.Limits(Integer.MAX_VALUE, limits.minimum(), limits.most());
    }
}
