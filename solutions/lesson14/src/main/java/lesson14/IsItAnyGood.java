package lesson14;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Splits first, so that nothing of the test reaches the recommender, and decides then who is judged, by the purchases and not by
 * the lists. So two recommenders are compared by the same customers.
 *
 * <p>What a customer has bought before is removed from both sides: from the lists, because nobody needs that recommendation, and
 * from the relevant products, because a list cannot contain them.
 */
public class IsItAnyGood {

    /**
     * @param customer who bought
     * @param product what he bought, one piece or several
     * @param time when
     */
    public record Purchase(String customer, String product, Instant time) {}

    /** Makes lists from purchases. */
    @FunctionalInterface
    public interface Recommender {

        /**
         * Learns from these purchases.
         *
         * @return the list of each customer that it has one for, the best product first; a list may have any length, have a
         *     product twice, and have products that the customer has bought
         */
        Map<String, List<String>> learn(List<Purchase> purchases);
    }

    /**
     * How good the lists are.
     *
     * @param customers the number of judged customers
     * @param hitRate the share of judged customers with a relevant product in their top <i>k</i>
     * @param ndcg the mean of the judged customers' NDCG
     * @param coverage the share of the different products bought before the split that are in the top <i>k</i> of at least one
     *     judged customer
     */
    public record Score(int customers, double hitRate, double ndcg, double coverage) {}

    public Optional<Score> judge(List<Purchase> purchases, Instant split, int k, Recommender recommender) {
        List<Purchase> training = training(purchases, split);
        Map<String, Set<String>> bought = products(training);
        Map<String, Set<String>> relevant = relevant(purchases, split, bought);
        Map<String, List<String>> lists = recommender.learn(training);
        Map<String, List<String>> tops = judged(relevant, lists).stream()
                .collect(toMap(
                        customer -> customer,
                        customer -> top(lists.getOrDefault(customer, List.of()), of(bought, customer), k)));
        return tops.isEmpty()
                ? Optional.empty()
                : Optional.of(score(tops, relevant, catalogue(purchases, training), k));
    }

    List<Purchase> training(List<Purchase> purchases, Instant split) {
        return purchases.stream().filter(purchase -> isBefore(purchase, split)).toList();
    }

    boolean isBefore(Purchase purchase, Instant split) {
        return purchase.time().isBefore(split);
    }

    /**
     * The products that each customer buys and has not bought before the split, so for the first time in the test. Customers without
     * one are not among the keys.
     */
    Map<String, Set<String>> relevant(List<Purchase> purchases, Instant split, Map<String, Set<String>> bought) {
        return products(purchases.stream()
                .filter(purchase -> !of(bought, purchase.customer()).contains(purchase.product()))
                .toList());
    }

    Set<String> judged(Map<String, Set<String>> relevant, Map<String, List<String>> lists) {
        return relevant.keySet();
    }

    List<String> top(List<String> list, Set<String> bought, int k) {
        return list.stream()
                .filter(product -> !bought.contains(product))
                .distinct()
                .limit(k)
                .toList();
    }

    Set<String> catalogue(List<Purchase> purchases, List<Purchase> training) {
        return training.stream().map(Purchase::product).collect(toSet());
    }

    private Score score(
            Map<String, List<String>> tops, Map<String, Set<String>> relevant, Set<String> catalogue, int k) {
        Set<String> customers = tops.keySet();
        return new Score(
                customers.size(),
                mean(customers, customer -> hit(tops.get(customer), of(relevant, customer))),
                mean(customers, customer -> ndcg(tops.get(customer), of(relevant, customer), k)),
                coverage(tops, catalogue));
    }

    private static double mean(Set<String> customers, ToDoubleFunction<String> measure) {
        return customers.stream().mapToDouble(measure).average().orElseThrow();
    }

    double hit(List<String> top, Set<String> relevant) {
        return top.stream().anyMatch(relevant::contains) ? 1 : 0;
    }

    double ndcg(List<String> top, Set<String> relevant, int k) {
        double dcg = IntStream.range(0, top.size())
                .filter(i -> relevant.contains(top.get(i)))
                .mapToDouble(this::gain)
                .sum();
        return dcg / ideal(relevant.size(), k);
    }

    double ideal(int relevant, int k) {
        return IntStream.range(0, Math.min(relevant, k)).mapToDouble(this::gain).sum();
    }

    /** The gain of a relevant product at this index, from 0. */
    double gain(int index) {
        return Math.log(2) / Math.log(index + 2);
    }

    double coverage(Map<String, List<String>> tops, Set<String> catalogue) {
        Set<String> shown = new HashSet<>(catalogue);
        shown.retainAll(tops.values().stream().flatMap(List::stream).collect(toSet()));
        return (double) shown.size() / catalogue.size();
    }

    static Map<String, Set<String>> products(List<Purchase> purchases) {
        return purchases.stream().collect(groupingBy(Purchase::customer, mapping(Purchase::product, toSet())));
    }

    static Set<String> of(Map<String, Set<String>> products, String customer) {
        return products.getOrDefault(customer, Set.of());
    }
}
