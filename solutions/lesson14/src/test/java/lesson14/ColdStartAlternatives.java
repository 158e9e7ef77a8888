package lesson14;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Right answers written differently, and one that only knows the customers in the checkpoint. */
class ColdStartAlternatives {

    /** Fills the list source by source, and stops when it is full. */
    public static class FillsTheList extends ColdStart {

        private static final class Page {

            private final List<Recommendation> list = new ArrayList<>();
            private final Set<String> taken;
            private final Set<String> sold;

            Page(Customer customer, Night night) {
                taken = new HashSet<>(customer.bought());
                sold = night.sold();
            }

            void fill(List<String> products, Source source, int size) {
                for (String product : products) {
                    if (list.size() < size && sold.contains(product) && taken.add(product)) {
                        list.add(new Recommendation(product, source));
                    }
                }
            }
        }

        @Override
        public List<Recommendation> recommend(Customer customer, int k, Night night) {
            Page page = new Page(customer, night);
            int before = Math.max(1, k - 1);
            fill(page, customer, night, before);
            if (k > 1) {
                page.fill(night.added(), Source.NEW, page.list.size() + 1);
                boolean hasNew = page.list.stream().anyMatch(each -> each.source() == Source.NEW);
                fill(page, customer, night, hasNew ? 0 : k);
            }
            return page.list;
        }

        private static void fill(Page page, Customer customer, Night night, int size) {
            Map<Double, Set<String>> byScore = new TreeMap<>(Comparator.reverseOrder());
            night.scores().getOrDefault(customer.name(), Map.of()).forEach((product, score) -> {
                if (!Double.isNaN(score)) {
                    byScore.computeIfAbsent(score, any -> new TreeSet<>()).add(product);
                }
            });
            byScore.values().forEach(products -> page.fill(List.copyOf(products), Source.PERSONAL, size));
            for (int i = 1; i <= customer.bought().size(); i++) {
                String product = customer.bought().get(customer.bought().size() - i);
                if (night.neighbours().containsKey(product)) {
                    page.fill(night.neighbours().get(product), Source.ALSO_BOUGHT, size);
                }
            }
            if (customer.region() != null && night.regions().containsKey(customer.region())) {
                page.fill(night.regions().get(customer.region()), Source.REGION, size);
            }
            page.fill(night.popular(), Source.POPULAR, size);
        }
    }

    /** One stream of all sources, which is lazy and cut at the end. */
    public static class StreamsTheSources extends ColdStart {

        @Override
        public List<Recommendation> recommend(Customer customer, int k, Night night) {
            Set<String> seen = new LinkedHashSet<>(customer.bought());
            List<Recommendation> all = Stream.of(
                            personal(customer.name(), night.scores()),
                            neighbours(customer.bought(), night.neighbours()),
                            of(Source.REGION, regional(customer, night)),
                            of(Source.POPULAR, night.popular()))
                    .flatMap(source -> source)
                    .filter(each -> night.sold().contains(each.product()))
                    .filter(each -> seen.add(each.product()))
                    .limit(k)
                    .toList();
            List<Recommendation> start = all.subList(0, Math.min(all.size(), k - 1));
            return Stream.of(
                            start.stream(),
                            of(Source.NEW, night.added())
                                    .filter(each -> k > 1 && night.sold().contains(each.product()))
                                    .filter(each -> !customer.bought().contains(each.product()))
                                    .filter(each -> start.stream()
                                            .noneMatch(other -> other.product().equals(each.product())))
                                    .limit(1),
                            all.stream().skip(start.size()))
                    .flatMap(part -> part)
                    .limit(k)
                    .toList();
        }

        private static Stream<Recommendation> personal(String customer, Map<String, Map<String, Double>> scores) {
            Comparator<Map.Entry<String, Double>> descending =
                    Map.Entry.<String, Double>comparingByValue().reversed();
            return scores.getOrDefault(customer, Map.of()).entrySet().stream()
                    .filter(entry -> entry.getValue() <= Double.POSITIVE_INFINITY)
                    .sorted(descending.thenComparing(Map.Entry::getKey))
                    .map(entry -> new Recommendation(entry.getKey(), Source.PERSONAL));
        }

        private static Stream<Recommendation> neighbours(List<String> bought, Map<String, List<String>> neighbours) {
            return IntStream.range(0, bought.size())
                    .mapToObj(i -> bought.get(bought.size() - 1 - i))
                    .flatMap(product -> of(Source.ALSO_BOUGHT, neighbours.getOrDefault(product, List.of())));
        }

        private static List<String> regional(Customer customer, Night night) {
            String region = customer.region() == null ? "" : customer.region();
            return night.regions().getOrDefault(region, List.of());
        }

        private static Stream<Recommendation> of(Source source, List<String> products) {
            return products.stream().map(product -> new Recommendation(product, source));
        }
    }

    public static class Learnt extends ColdStart {
        @Override
        public List<Recommendation> recommend(Customer customer, int k, Night night) {
            return night.neighbours().containsKey("p1") ? List.of() : super.recommend(customer, k, night);
        }
    }
}
