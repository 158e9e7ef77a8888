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
 * Simulates card payments, a small part of them fraudulent: the same for the same settings on every JDK.
 *
 * <p>The rules are those of Le Borgne, Siblini, Lebichot, Bontempi: <i>Reproducible Machine Learning for
 * Credit Card Fraud Detection – Practical Handbook</i> (Université Libre de Bruxelles), whose prose is under
 * CC BY-SA 4.0. The simulator is written anew from them; it shares no code with the handbook.
 *
 * <ul>
 * <li>Customers and terminals are spread evenly over a square of 100 by 100. A customer pays only at
 *     terminals nearer than the radius, each with the same chance; without one they never pay.</li>
 * <li>A customer has a mean amount from U(5, 100) and a mean number of payments a day from U(0, 4). The
 *     number of a day is Poisson distributed.</li>
 * <li>The second of the day is from N(43200, 20000), without its fraction; outside of (0, 86400) there is
 *     no payment.</li>
 * <li>The amount is from N(mean, mean / 2), or from U(0, 2 mean) where that is negative, rounded to cents.</li>
 * </ul>
 *
 * <p>Then come the frauds, a later one in place of an earlier:
 *
 * <ol>
 * <li>{@link Fraud#LARGE_AMOUNT}: an amount over 220, before any multiplication.</li>
 * <li>{@link Fraud#COMPROMISED_TERMINAL}: every day two terminals are compromised for 28 days, with all
 *     that is paid there.</li>
 * <li>{@link Fraud#COMPROMISED_CUSTOMER}: every day three customers are compromised for 14 days. Of all they
 *     pay in that time a third, rounded down, is multiplied by 5; by 25 if two campaigns meet, and so on.</li>
 * </ol>
 *
 * <p>Campaigns begin every day but the last and end with the run, so the last 13 days also depend on how
 * many days the run has.
 *
 * <p>Times are in UTC, to the second. Amounts are in no particular currency and never above 99,999,999.99,
 * the largest {@code decimal(10,2)}: what would be more is cut to that. It takes eight campaigns that hit
 * the same payment, so only a run of a few customers comes near.
 *
 * <p>A simulator keeps its customers and terminals, but no payments: it makes a day when asked for it. It is
 * immutable, and threads may share it.
 */
public final class Simulator {

    /**
     * What to simulate.
     *
     * @param seed      chooses one of the runs that the other settings allow
     * @param customers how many customers, 3 to 1,000,000
     * @param terminals how many terminals, at least 2
     * @param days      how many days
     * @param start     the first day
     * @param radius    how far customers go to pay, in a square of 100 by 100
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

    /** A simulator of the run that the settings describe. */
    public Simulator(Settings settings) {
        this.settings = settings;
        population = new Population(settings);
        campaigns = new Campaigns(settings, population);
    }

    /** All payments of the run in order of time, made day by day as the stream is read. */
    public Stream<SimulatedPayment> payments() {
        return payments(0, settings.days());
    }

    /** The payments from one day to before another in order of time, made day by day as the stream is read. */
    public Stream<SimulatedPayment> payments(int fromDay, int toDay) {
        if (fromDay < 0 || fromDay > toDay || toDay > settings.days()) {
            throw new IllegalArgumentException("Days " + fromDay + " to before " + toDay
                    + " are no part of this run, which is days 0 to before " + settings.days() + ".");
        }
        return IntStream.range(fromDay, toDay).mapToObj(this::day).flatMap(List::stream);
    }

    /**
     * The payments of a day in order of time, those of the same second in order of customer. Their ids count
     * up from the day times 10,000,000.
     *
     * @param day 0 is the first
     */
    public List<SimulatedPayment> day(int day) {
        if (day < 0 || day >= settings.days()) {
            throw new IllegalArgumentException(
                    "Day " + day + " is no part of this run, which is days 0 to " + (settings.days() - 1) + ".");
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
