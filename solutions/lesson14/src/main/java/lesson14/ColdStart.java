package lesson14;

import static java.util.Comparator.comparing;
import static java.util.Map.Entry.comparingByKey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts all sources behind one another, without what is to be skipped and each product where it comes first, and cuts at the end. So
 * a list is full whenever the sources together have enough, however little one of them has.
 *
 * <p>The new product gets the last position: it costs one recommendation, and it is the only way in which a product that nobody has
 * bought can be bought.
 */
public class ColdStart {

    /** Where a recommendation comes from. */
    public enum Source {
        PERSONAL,
        ALSO_BOUGHT,
        REGION,
        POPULAR,
        NEW
    }

    /**
     * @param name the customer; unknown customers have no scores
     * @param region where he lives; null if that is not known
     * @param bought what he has bought, the oldest first; may have a product several times
     */
    public record Customer(String name, String region, List<String> bought) {}

    /**
     * What was computed over night. All lists have the best first.
     *
     * @param scores the scores of a model, by customer and product, the higher the better; NaN for a product that the model does
     *     not know
     * @param neighbours the products that the same customers have bought, by product
     * @param regions the bestsellers of each region
     * @param popular the bestsellers
     * @param added the products that were added lately and that hardly anybody has bought
     * @param sold the products that are still sold
     */
    public record Night(
            Map<String, Map<String, Double>> scores,
            Map<String, List<String>> neighbours,
            Map<String, List<String>> regions,
            List<String> popular,
            List<String> added,
            Set<String> sold) {}

    /** A product, and the source that has put it into the list. */
    public record Recommendation(String product, Source source) {}

    public List<Recommendation> recommend(Customer customer, int k, Night night) {
        List<Recommendation> candidates = candidates(customer, night);
        List<Recommendation> list = new ArrayList<>(first(candidates, room(k)));
        Optional<String> added = added(customer, night, list);
        if (k < 2 || added.isEmpty()) {
            return first(candidates, k);
        }
        list.add(new Recommendation(added.get(), Source.NEW));
        return list;
    }

    /** The positions before the new product. */
    int room(int k) {
        return k - 1;
    }

    List<Recommendation> candidates(Customer customer, Night night) {
        Set<String> seen = new HashSet<>();
        return sources(customer, night)
                .filter(each -> isAllowed(each.product(), customer, night))
                .filter(each -> seen.add(each.product()))
                .toList();
    }

    Stream<Recommendation> sources(Customer customer, Night night) {
        return Stream.of(
                        from(Source.PERSONAL, personal(customer, night)),
                        from(Source.ALSO_BOUGHT, alsoBought(customer, night)),
                        from(Source.REGION, region(customer, night)),
                        from(Source.POPULAR, night.popular()))
                .flatMap(source -> source);
    }

    private static Stream<Recommendation> from(Source source, List<String> products) {
        return products.stream().map(product -> new Recommendation(product, source));
    }

    boolean isAllowed(String product, Customer customer, Night night) {
        return night.sold().contains(product) && !customer.bought().contains(product);
    }

    List<String> personal(Customer customer, Night night) {
        return scores(night.scores().getOrDefault(customer.name(), Map.of()))
                .map(Map.Entry::getKey)
                .toList();
    }

    Stream<Map.Entry<String, Double>> scores(Map<String, Double> scores) {
        return scores.entrySet().stream()
                .filter(score -> !score.getValue().isNaN())
                .sorted(order());
    }

    Comparator<Map.Entry<String, Double>> order() {
        return comparing(Map.Entry<String, Double>::getValue).reversed().thenComparing(comparingByKey());
    }

    List<String> alsoBought(Customer customer, Night night) {
        List<String> products = new ArrayList<>();
        for (int i = customer.bought().size() - 1; i >= 0; i--) {
            products.addAll(night.neighbours().getOrDefault(customer.bought().get(i), List.of()));
        }
        return products;
    }

    List<String> region(Customer customer, Night night) {
        return customer.region() == null ? List.of() : night.regions().getOrDefault(customer.region(), List.of());
    }

    Optional<String> added(Customer customer, Night night, List<Recommendation> list) {
        return night.added().stream()
                .filter(product -> isAllowed(product, customer, night))
                .filter(product ->
                        list.stream().noneMatch(other -> other.product().equals(product)))
                .findFirst();
    }

    static List<Recommendation> first(List<Recommendation> list, int k) {
        return list.stream().limit(k).toList();
    }
}
