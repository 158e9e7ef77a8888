package workbook.kit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.kit.Population.Purchase;

/**
 * Simulates card payments, a small part of them fraudulent. The same settings give the same payments on every JDK.
 *
 * <p>The rules are those of Le Borgne, Siblini, Lebichot, Bontempi: <i>Reproducible Machine Learning for
 * Credit Card Fraud Detection – Practical Handbook</i> (Université Libre de Bruxelles), whose prose is under
 * CC BY-SA 4.0. This simulator implements the rules; it shares no code with the handbook.
 *
 * <ul>
 * <li>Customers and terminals are distributed uniformly over a square of 100 by 100. A customer pays only at
 *     terminals closer than the radius, each with the same probability; a customer without one never pays.</li>
 * <li>A customer has a mean amount from U(5, 100) and a mean number of payments a day from U(0, 4). The
 *     number of payments on a day is Poisson distributed.</li>
 * <li>The second of the day is drawn from N(43200, 20000) and truncated; outside of (0, 86400) there is no
 *     payment.</li>
 * <li>The amount is drawn from N(mean, mean / 2), or from U(0, 2 mean) if that is negative, and rounded to
 *     cents.</li>
 * </ul>
 *
 * <p>Then the frauds are added; a later kind replaces an earlier one:
 *
 * <ol>
 * <li>{@link Fraud#LARGE_AMOUNT}: an amount over 220, before any multiplication.</li>
 * <li>{@link Fraud#COMPROMISED_TERMINAL}: every day two terminals are compromised for 28 days; all payments
 *     there are fraudulent.</li>
 * <li>{@link Fraud#COMPROMISED_CUSTOMER}: every day three customers are compromised for 14 days. A third of
 *     their payments in that time, rounded down, is multiplied by 5; by 25 if two campaigns overlap, and so on.</li>
 * </ol>
 *
 * <p>Campaigns begin every day except the last and end with the run, so the last 13 days also depend on the
 * length of the run.
 *
 * <p>Times are in UTC, with a precision of one second. Amounts have no particular currency; they are capped at
 * 99,999,999.99, the largest {@code decimal(10,2)}. Only eight campaigns on the same payment exceed the cap, in
 * a run of very few customers.
 *
 * <p>A simulator stores customers and terminals, but no payments: it generates a day when it is read. It is
 * immutable and thread-safe.
 */
public final class Simulator {

    /**
     * The settings of a run.
     *
     * @param seed      selects one of the runs that the other settings allow
     * @param customers number of customers, 3 to 1,000,000
     * @param terminals number of terminals, at least 2
     * @param days      number of days
     * @param start     the first day
     * @param radius    maximum distance from a customer to a terminal, in a square of 100 by 100
     */
    public record Settings(long seed, int customers, int terminals, int days, LocalDate start, double radius) {

        public Settings {
            require(3 <= customers && customers <= 1_000_000, "3 to 1,000,000 customers", customers);
            require(terminals >= 2, "at least 2 terminals", terminals);
            require(days >= 1, "at least 1 day", days);
            require(radius > 0, "a radius above 0", radius);
            Objects.requireNonNull(start, "start");
        }

        /** The handbook's run: 5,000 customers, 10,000 terminals, 183 days from 2018-04-01, radius 5. Seed 42. */
        public static Settings defaults() {
            return new Settings(42, 5_000, 10_000, 183, LocalDate.of(2018, 4, 1), 5);
        }

        public Settings withSeed(long seed) {
            return new Settings(seed, customers, terminals, days, start, radius);
        }

        public Settings withCustomers(int customers) {
            return new Settings(seed, customers, terminals, days, start, radius);
        }

        public Settings withTerminals(int terminals) {
            return new Settings(seed, customers, terminals, days, start, radius);
        }

        public Settings withDays(int days) {
            return new Settings(seed, customers, terminals, days, start, radius);
        }

        public Settings withStart(LocalDate start) {
            return new Settings(seed, customers, terminals, days, start, radius);
        }

        public Settings withRadius(double radius) {
            return new Settings(seed, customers, terminals, days, start, radius);
        }

        private static void require(boolean met, String wanted, Number given) {
            if (!met) {
                throw new IllegalArgumentException("A simulation needs " + wanted + ", not " + given + ".");
            }
        }
    }

    private static final long IDS_A_DAY = 10_000_000;
    private static final long LARGE_CENTS = 220_00;
    private static final long MAX_CENTS = 99_999_999_99L;
    private static final int FACTOR = 5;

    private static final Comparator<Purchase> BY_TIME =
            Comparator.comparingInt(Purchase::second).thenComparingInt(Purchase::customer);

    private final Settings settings;
    private final Population population;
    private final Campaigns campaigns;

    /** Creates a simulator with these settings. */
    public Simulator(Settings settings) {
        this.settings = settings;
        population = new Population(settings);
        campaigns = new Campaigns(settings, population);
    }

    /** Creates a simulator of this size, with the defaults for everything else. */
    public static Simulator of(int customers, int terminals, int days) {
        return new Simulator(Settings.defaults()
                .withCustomers(customers)
                .withTerminals(terminals)
                .withDays(days));
    }

    /** All payments of the run in order of time, generated day by day as the stream is read. */
    public Stream<SimulatedPayment> payments() {
        return payments(0, settings.days());
    }

    /** The payments from {@code fromDay} to {@code toDay}, exclusive, generated day by day as the stream is read. */
    public Stream<SimulatedPayment> payments(int fromDay, int toDay) {
        if (fromDay < 0 || fromDay > toDay || toDay > settings.days()) {
            throw new IllegalArgumentException("Days " + fromDay + " to " + toDay
                    + " (exclusive) are outside of this run, which has the days 0 to " + (settings.days() - 1) + ".");
        }
        return IntStream.range(fromDay, toDay).mapToObj(this::day).flatMap(List::stream);
    }

    /**
     * The payments of a day in order of time; payments of the same second are in order of customer. Ids start at
     * 10,000,000 times the day.
     *
     * @param day from 0
     */
    public List<SimulatedPayment> day(int day) {
        if (day < 0 || day >= settings.days()) {
            throw new IllegalArgumentException(
                    "Day " + day + " is outside of this run, which has the days 0 to " + (settings.days() - 1) + ".");
        }
        List<Purchase> purchases = population.purchases(day);
        purchases.sort(BY_TIME);
        Set<Integer> terminals = campaigns.compromisedTerminals(day);
        Map<Purchase, Integer> hits = campaigns.compromisedPurchases(day);
        Instant midnight =
                settings.start().plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant();

        List<SimulatedPayment> payments = new ArrayList<>(purchases.size());
        for (Purchase purchase : purchases) {
            long id = day * IDS_A_DAY + payments.size();
            int campaignsHit = hits.getOrDefault(purchase, 0);
            payments.add(new SimulatedPayment(
                    new Payment(
                            id,
                            midnight.plusSeconds(purchase.second()),
                            purchase.customer(),
                            purchase.terminal(),
                            amount(purchase, campaignsHit)),
                    fraud(purchase, campaignsHit, terminals)));
        }
        return Collections.unmodifiableList(payments);
    }

    Population population() {
        return population;
    }

    Campaigns campaigns() {
        return campaigns;
    }

    private static BigDecimal amount(Purchase purchase, int campaignsHit) {
        long cents = purchase.cents();
        for (int i = 0; i < campaignsHit; i++) {
            cents *= FACTOR;
        }
        return BigDecimal.valueOf(Math.min(cents, MAX_CENTS), 2);
    }

    private static Fraud fraud(Purchase purchase, int campaignsHit, Set<Integer> compromisedTerminals) {
        if (campaignsHit > 0) {
            return Fraud.COMPROMISED_CUSTOMER;
        }
        if (compromisedTerminals.contains(purchase.terminal())) {
            return Fraud.COMPROMISED_TERMINAL;
        }
        return purchase.cents() > LARGE_CENTS ? Fraud.LARGE_AMOUNT : Fraud.NONE;
    }
}
