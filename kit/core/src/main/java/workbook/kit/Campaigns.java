package workbook.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import workbook.kit.Population.Purchase;

/**
 * The fraud campaigns: which terminals and customers are compromised on which days.
 *
 * <p>One campaign of each kind begins every day except the last. Nothing is stored: the active campaigns have so few
 * customers that drawing their purchases again adds an eighth to the work of a default day.
 */
final class Campaigns {

    static final int TERMINAL_DAYS = 28;
    static final int CUSTOMER_DAYS = 14;

    private static final int TERMINALS_A_DAY = 2;
    private static final int CUSTOMERS_A_DAY = 3;

    private final Simulator.Settings settings;
    private final Population population;

    Campaigns(Simulator.Settings settings, Population population) {
        this.settings = settings;
        this.population = population;
    }

    /** The terminals compromised on a day. */
    Set<Integer> compromisedTerminals(int day) {
        Set<Integer> terminals = new HashSet<>();
        firstDays(day, TERMINAL_DAYS).forEach(first -> terminals.addAll(terminals(first)));
        return terminals;
    }

    /** The fraudulent purchases of compromised customers on a day, with the number of campaigns that hit each. */
    Map<Purchase, Integer> compromisedPurchases(int day) {
        Map<Purchase, Integer> hits = new HashMap<>();
        firstDays(day, CUSTOMER_DAYS).forEach(first -> {
            for (Purchase purchase : purchases(first)) {
                if (purchase.day() == day) {
                    hits.merge(purchase, 1, Integer::sum);
                }
            }
        });
        return hits;
    }

    /** The terminals whose campaign begins on a day. */
    Set<Integer> terminals(int firstDay) {
        return RandomStream.COMPROMISED_TERMINALS
                .random(settings.seed(), firstDay)
                .distinct(TERMINALS_A_DAY, settings.terminals());
    }

    /** The customers whose campaign begins on a day. */
    Set<Integer> customers(int firstDay) {
        return customers(random(firstDay));
    }

    /** A third of the purchases of a campaign's customers during the campaign. */
    private List<Purchase> purchases(int firstDay) {
        RandomSource random = random(firstDay);
        List<Purchase> pool = pool(firstDay, customers(random));
        return random.distinct(pool.size() / 3, pool.size()).stream()
                .map(pool::get)
                .toList();
    }

    private List<Purchase> pool(int firstDay, Set<Integer> customers) {
        List<Purchase> pool = new ArrayList<>();
        int end = Math.min(firstDay + CUSTOMER_DAYS, settings.days());
        for (int day = firstDay; day < end; day++) {
            for (int customer : customers) {
                pool.addAll(population.purchases(day, customer));
            }
        }
        return pool;
    }

    private Set<Integer> customers(RandomSource random) {
        return random.distinct(CUSTOMERS_A_DAY, settings.customers());
    }

    private RandomSource random(int firstDay) {
        return RandomStream.COMPROMISED_CUSTOMERS.random(settings.seed(), firstDay);
    }

    /** The first days of the campaigns of a length that are active on a day. */
    private IntStream firstDays(int day, int length) {
        int last = Math.min(day, settings.days() - 2);
        return IntStream.rangeClosed(Math.max(0, day - length + 1), last);
    }
}
