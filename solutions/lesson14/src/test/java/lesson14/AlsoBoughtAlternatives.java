package lesson14;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Right answers written differently, and one that only knows the purchases in the checkpoint. */
class AlsoBoughtAlternatives {

    /** Intersects the sets of customers of each two products. */
    public static class IntersectsCustomers extends AlsoBought {

        @Override
        public Result neighbours(List<Purchase> purchases, Limits limits) {
            List<Purchase> rejected = new ArrayList<>();
            Map<String, Set<String>> baskets = new TreeMap<>();
            Map<String, Set<String>> customers = new TreeMap<>();
            for (Purchase purchase : purchases) {
                if (purchase.customer() == null || purchase.product() == null) {
                    rejected.add(purchase);
                } else {
                    add(baskets, purchase.customer(), purchase.product());
                    add(customers, purchase.product(), purchase.customer());
                }
            }
            for (Set<String> each : customers.values()) {
                each.removeIf(customer -> baskets.get(customer).size() > limits.most());
            }
            Map<String, List<Neighbour>> result = new LinkedHashMap<>();
            for (String product : customers.keySet()) {
                List<Neighbour> list = new ArrayList<>();
                for (String other : customers.keySet()) {
                    Set<String> both = new HashSet<>(customers.get(product));
                    both.retainAll(customers.get(other));
                    if (!product.equals(other) && both.size() >= limits.minimum()) {
                        double squared = 1.0
                                * both.size()
                                * both.size()
                                / customers.get(product).size()
                                / customers.get(other).size();
                        list.add(new Neighbour(other, Math.sqrt(squared)));
                    }
                }
                list.sort(Comparator.comparingDouble(neighbour -> -neighbour.similarity()));
                result.put(product, list.size() > limits.size() ? list.subList(0, limits.size()) : list);
            }
            return new Result(result, rejected);
        }

        private static void add(Map<String, Set<String>> sets, String key, String value) {
            sets.computeIfAbsent(key, any -> new TreeSet<>()).add(value);
        }
    }

    /** Lists all pairs, as a join of a table with itself does, and counts equal ones. */
    public static class JoinsWithItself extends AlsoBought {

        private record Pair(String product, String other) {}

        @Override
        public Result neighbours(List<Purchase> purchases, Limits limits) {
            List<Purchase> complete = purchases.stream()
                    .filter(purchase -> purchase.customer() != null)
                    .filter(purchase -> purchase.product() != null)
                    .distinct()
                    .toList();
            Map<String, Long> sizes =
                    complete.stream().collect(Collectors.groupingBy(Purchase::customer, Collectors.counting()));
            Map<String, List<Purchase>> byCustomer = complete.stream()
                    .filter(purchase -> sizes.get(purchase.customer()) <= limits.most())
                    .collect(Collectors.groupingBy(Purchase::customer));
            Map<Pair, Long> pairs = byCustomer.values().stream()
                    .flatMap(rows -> rows.stream()
                            .flatMap(one -> rows.stream().map(other -> new Pair(one.product(), other.product()))))
                    .collect(Collectors.groupingBy(pair -> pair, Collectors.counting()));
            Map<String, List<Neighbour>> neighbours = complete.stream()
                    .map(Purchase::product)
                    .distinct()
                    .collect(Collectors.toMap(product -> product, product -> list(product, pairs, limits)));
            return new Result(
                    neighbours,
                    purchases.stream()
                            .filter(purchase -> purchase.customer() == null || purchase.product() == null)
                            .toList());
        }

        private static List<Neighbour> list(String product, Map<Pair, Long> pairs, Limits limits) {
            return pairs.entrySet().stream()
                    .filter(pair -> pair.getKey().product().equals(product))
                    .filter(pair -> !pair.getKey().other().equals(product))
                    .filter(pair -> pair.getValue() >= limits.minimum())
                    .map(pair -> new Neighbour(
                            pair.getKey().other(),
                            pair.getValue()
                                    / Math.sqrt(alone(product, pairs))
                                    / Math.sqrt(alone(pair.getKey().other(), pairs))))
                    .sorted(Comparator.comparing(Neighbour::product))
                    .sorted(Comparator.comparing(Neighbour::similarity, Comparator.reverseOrder()))
                    .limit(limits.size())
                    .toList();
        }

        private static long alone(String product, Map<Pair, Long> pairs) {
            return pairs.get(new Pair(product, product));
        }
    }

    public static class Learnt extends AlsoBought {
        @Override
        public Result neighbours(List<Purchase> purchases, Limits limits) {
            boolean isKnown = purchases.stream().noneMatch(purchase -> "p1".equals(purchase.product()));
            return isKnown ? super.neighbours(purchases, limits) : new Result(Map.of(), List.of());
        }
    }
}
