package lesson14;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns purchases into one set of products for each customer, which answers two questions at once: repeated purchases are gone,
 * and customers with too many products are known before a single pair is made. Then each set adds one to each of its pairs, in
 * both directions.
 *
 * <p>The cosine divides by what both products sell to. A bestseller is in many baskets with everything, and its large
 * <i>n(b)</i> makes it nobody's neighbour for that alone.
 */
public class AlsoBought {

    /**
     * @param customer who bought; may be null
     * @param product what he bought; may be null
     */
    public record Purchase(String customer, String product) {}

    /**
     * @param size how many neighbours a product has at most, at least 1
     * @param minimum how many customers have to have bought both products, at least 1
     * @param most how many different products a customer may have bought to be counted, at least 1
     */
    public record Limits(int size, int minimum, int most) {}

    /**
     * @param product a product that is often bought by the same customers
     * @param similarity the cosine, above 0, at most 1
     */
    public record Neighbour(String product, double similarity) {}

    /**
     * @param neighbours the neighbours of each product, the most similar first; products without neighbours have an empty list
     * @param rejected the purchases without a customer or a product, in the order of the input
     */
    public record Result(Map<String, List<Neighbour>> neighbours, List<Purchase> rejected) {}

    public Result neighbours(List<Purchase> purchases, Limits limits) {
        Map<Boolean, List<Purchase>> complete = purchases.stream().collect(partitioningBy(this::isComplete));
        Collection<Set<String>> baskets = baskets(complete.get(true), limits);
        Map<String, Map<String, Integer>> together = together(baskets, limits);
        Map<String, List<Neighbour>> neighbours = new TreeMap<>();
        for (Purchase purchase : complete.get(true)) {
            neighbours.computeIfAbsent(purchase.product(), product -> nearest(product, together, limits));
        }
        return new Result(neighbours, complete.get(false));
    }

    boolean isComplete(Purchase purchase) {
        return purchase.customer() != null && purchase.product() != null;
    }

    /** The different products of each customer who counts. */
    Collection<Set<String>> baskets(List<Purchase> purchases, Limits limits) {
        Map<String, Set<String>> baskets =
                purchases.stream().collect(groupingBy(Purchase::customer, mapping(Purchase::product, toSet())));
        baskets.values().removeIf(basket -> basket.size() > limits.most());
        return baskets.values();
    }

    /** The number of customers for each pair of products, and for each product with itself. */
    Map<String, Map<String, Integer>> together(Collection<Set<String>> baskets, Limits limits) {
        Map<String, Map<String, Integer>> together = new HashMap<>();
        for (Set<String> basket : baskets) {
            for (String a : basket) {
                Map<String, Integer> others = together.computeIfAbsent(a, product -> new HashMap<>());
                basket.forEach(b -> others.merge(b, 1, Integer::sum));
            }
        }
        return together;
    }

    List<Neighbour> nearest(String product, Map<String, Map<String, Integer>> together, Limits limits) {
        Map<String, Integer> others = together.getOrDefault(product, Map.of());
        return others.keySet().stream()
                .filter(other -> !other.equals(product) && others.get(other) >= limits.minimum())
                .map(other -> new Neighbour(
                        other,
                        similarity(
                                others.get(other),
                                others.get(product),
                                together.get(other).get(other))))
                .sorted(order())
                .limit(limits.size())
                .toList();
    }

    Comparator<Neighbour> order() {
        return comparing(Neighbour::similarity).reversed().thenComparing(Neighbour::product);
    }

    double similarity(int both, int customers, int othersCustomers) {
        return both / Math.sqrt((double) customers * othersCustomers);
    }
}
