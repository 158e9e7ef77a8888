package lesson14;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Right answers written differently, and one that only knows the purchases in the checkpoint. */
class IsItAnyGoodAlternatives {

    /** Sorts the purchases by time and goes through them once. */
    public static class GoesThroughTime extends IsItAnyGood {

        @Override
        public Optional<Score> judge(List<Purchase> purchases, Instant split, int k, Recommender recommender) {
            List<Purchase> sorted = new ArrayList<>(purchases);
            sorted.sort(Comparator.comparing(Purchase::time));
            Map<String, Set<String>> bought = new TreeMap<>();
            Map<String, Set<String>> wanted = new TreeMap<>();
            Set<String> catalogue = new TreeSet<>();
            int size = 0;
            for (Purchase purchase : sorted) {
                Set<String> owned = bought.computeIfAbsent(purchase.customer(), customer -> new TreeSet<>());
                if (purchase.time().compareTo(split) < 0) {
                    size++;
                    owned.add(purchase.product());
                    catalogue.add(purchase.product());
                } else if (!owned.contains(purchase.product())) {
                    wanted.computeIfAbsent(purchase.customer(), customer -> new TreeSet<>())
                            .add(purchase.product());
                }
            }
            Map<String, List<String>> lists = recommender.learn(sorted.subList(0, size));
            double hits = 0;
            double ndcg = 0;
            Set<String> shown = new TreeSet<>();
            for (Map.Entry<String, Set<String>> customer : wanted.entrySet()) {
                Set<String> list = new LinkedHashSet<>(lists.getOrDefault(customer.getKey(), List.of()));
                list.removeAll(bought.get(customer.getKey()));
                double dcg = 0;
                double best = 0;
                int position = 0;
                for (String product : list) {
                    if (++position > k) {
                        break;
                    }
                    shown.add(product);
                    dcg += customer.getValue().contains(product) ? discount(position) : 0;
                }
                for (int i = 1; i <= customer.getValue().size() && i <= k; i++) {
                    best += discount(i);
                }
                hits += Math.signum(dcg);
                ndcg += dcg / best;
            }
            double products = catalogue.size();
            catalogue.removeAll(shown);
            int n = wanted.size();
            return n == 0
                    ? Optional.empty()
                    : Optional.of(new Score(n, hits / n, ndcg / n, 1 - catalogue.size() / products));
        }

        private static double discount(int position) {
            return 1 / (Math.log(position + 1) / Math.log(2));
        }
    }

    /** One small result for each customer, averaged by collectors. */
    public static class AveragesCustomers extends IsItAnyGood {

        private record Customer(Set<String> wanted, List<String> top, int k) {

            double hit() {
                return top.stream().anyMatch(wanted::contains) ? 1 : 0;
            }

            double ndcg() {
                double dcg = 0;
                double ideal = 0;
                for (int i = 0; i < k; i++) {
                    double gain = Math.log(2) / Math.log1p(i + 1);
                    dcg += i < top.size() && wanted.contains(top.get(i)) ? gain : 0;
                    ideal += i < wanted.size() ? gain : 0;
                }
                return dcg / ideal;
            }
        }

        @Override
        public Optional<Score> judge(List<Purchase> purchases, Instant split, int k, Recommender recommender) {
            Map<Boolean, List<Purchase>> parts = purchases.stream()
                    .collect(Collectors.partitioningBy(
                            purchase -> purchase.time().isBefore(split)));
            List<Purchase> training = parts.get(true);
            Map<String, List<String>> lists = recommender.learn(training);
            List<Customer> customers = parts.get(false).stream()
                    .map(Purchase::customer)
                    .distinct()
                    .map(name -> customer(name, parts, lists.get(name), k))
                    .filter(customer -> !customer.wanted().isEmpty())
                    .toList();
            Set<String> catalogue = training.stream().map(Purchase::product).collect(Collectors.toSet());
            double shown = customers.stream()
                    .flatMap(customer -> customer.top().stream())
                    .distinct()
                    .filter(catalogue::contains)
                    .count();
            return customers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Score(
                            customers.size(),
                            customers.stream().collect(Collectors.averagingDouble(Customer::hit)),
                            customers.stream().collect(Collectors.averagingDouble(Customer::ndcg)),
                            shown / catalogue.size()));
        }

        private static Customer customer(String name, Map<Boolean, List<Purchase>> parts, List<String> list, int k) {
            Set<String> bought = products(name, parts.get(true));
            Set<String> wanted = products(name, parts.get(false));
            wanted.removeAll(bought);
            List<String> top = Stream.ofNullable(list)
                    .flatMap(List::stream)
                    .distinct()
                    .filter(product -> !bought.contains(product))
                    .limit(k)
                    .toList();
            return new Customer(wanted, top, k);
        }

        private static Set<String> products(String customer, List<Purchase> purchases) {
            return purchases.stream()
                    .filter(purchase -> purchase.customer().equals(customer))
                    .map(Purchase::product)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    public static class Learnt extends IsItAnyGood {
        @Override
        public Optional<Score> judge(List<Purchase> purchases, Instant split, int k, Recommender recommender) {
            boolean isKnown =
                    purchases.stream().noneMatch(purchase -> purchase.customer().startsWith("c0"));
            return isKnown ? super.judge(purchases, split, k, recommender) : Optional.empty();
        }
    }
}
