package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.kit.Population.Location;
import workbook.kit.Population.Purchase;
import workbook.kit.Simulator.Settings;

class SimulatorTest {

    private static final Settings DEFAULTS = Settings.defaults();
    private static final Simulator DEFAULT_RUN = new Simulator(DEFAULTS);

    /** So few customers that campaigns often overlap. */
    private static final Settings CROWDED =
            DEFAULTS.withCustomers(12).withTerminals(200).withRadius(30).withDays(40);

    @ParameterizedTest
    @ValueSource(longs = {42, 1})
    void theDefaultRunIsWithinThePublishedRanges(long seed) {
        Map<Fraud, Integer> counts = new EnumMap<>(Fraud.class);
        new Simulator(DEFAULTS.withSeed(seed))
                .payments()
                .forEach(simulated -> counts.merge(simulated.fraud(), 1, Integer::sum));

        int payments = counts.values().stream().mapToInt(Integer::intValue).sum();
        int frauds = payments - counts.get(Fraud.NONE);
        assertThat(payments).isBetween(1_720_000, 1_820_000);
        assertThat(100.0 * frauds / payments).isBetween(0.80, 0.88);
        // The published counts; the tolerances are about four standard deviations between seeds.
        assertThat(counts.get(Fraud.LARGE_AMOUNT)).isCloseTo(973, withPercentage(25));
        assertThat(counts.get(Fraud.COMPROMISED_TERMINAL)).isCloseTo(9_077, withPercentage(10));
        assertThat(counts.get(Fraud.COMPROMISED_CUSTOMER)).isCloseTo(4_631, withPercentage(12));
    }

    @Test
    void theFirstPaymentsAreTheSameOnEveryJdk() {
        assertThat(DEFAULT_RUN
                        .payments()
                        .limit(4)
                        .map(simulated -> simulated.payment().toJson())
                        .collect(Collectors.joining("\n")))
                .isEqualTo("""
                {"id":0,"time":"2018-04-01T00:00:14Z","customer":3572,"terminal":8532,"amount":14.13}
                {"id":1,"time":"2018-04-01T00:00:31Z","customer":3569,"terminal":4390,"amount":80.84}
                {"id":2,"time":"2018-04-01T00:03:39Z","customer":1244,"terminal":734,"amount":113.20}
                {"id":3,"time":"2018-04-01T00:06:47Z","customer":257,"terminal":2848,"amount":15.75}""");
    }

    @Test
    void theFirstFraudsAreTheSameOnEveryJdk() {
        assertThat(DEFAULT_RUN
                        .payments()
                        .filter(SimulatedPayment::isFraud)
                        .limit(4)
                        .map(simulated -> simulated.payment().toJson() + " " + simulated.fraud())
                        .collect(Collectors.joining("\n")))
                .isEqualTo("""
                {"id":827,"time":"2018-04-01T04:47:01Z","customer":3511,"terminal":9904,"amount":232.47} LARGE_AMOUNT
                {"id":6069,"time":"2018-04-01T13:53:51Z","customer":3280,"terminal":2858,"amount":5.52} COMPROMISED_TERMINAL
                {"id":6162,"time":"2018-04-01T14:02:22Z","customer":3349,"terminal":3705,"amount":614.85} COMPROMISED_CUSTOMER
                {"id":7082,"time":"2018-04-01T15:29:42Z","customer":3633,"terminal":8349,"amount":237.96} LARGE_AMOUNT""");
    }

    @Test
    void theLastDayIsTheSameOnEveryJdk() {
        List<SimulatedPayment> day = DEFAULT_RUN.day(182);

        assertThat(day.size()).isEqualTo(9_619);
        assertThat(day.stream().filter(SimulatedPayment::isFraud).count()).isEqualTo(75);
        assertThat(day.stream().map(simulated -> simulated.payment().amount()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(new BigDecimal("521185.81"));
    }

    @Test
    void theSameSettingsGiveTheSamePayments() {
        assertThat(new Simulator(DEFAULTS).day(30)).isEqualTo(DEFAULT_RUN.day(30));
    }

    @Test
    void anotherSeedGivesOtherPayments() {
        Set<SimulatedPayment> day = new HashSet<>(DEFAULT_RUN.day(0));

        assertThat(new Simulator(DEFAULTS.withSeed(43)).day(0)).noneMatch(day::contains);
    }

    @Test
    void aDayIsTheSameAloneAndInTheStream() {
        List<SimulatedPayment> streamed = DEFAULT_RUN.payments(0, 21).toList();

        assertThat(DEFAULT_RUN.day(20))
                .isEqualTo(streamed.stream().filter(on(20)).toList());
        assertThat(DEFAULT_RUN.day(0)).isEqualTo(streamed.stream().filter(on(0)).toList());
        assertThat(DEFAULT_RUN.payments(5, 7).toList())
                .isEqualTo(streamed.stream().filter(on(5).or(on(6))).toList());
    }

    @Test
    void daysFarFromTheEndDoNotDependOnTheLengthOfTheRun() {
        assertThat(new Simulator(DEFAULTS.withDays(60)).day(46)).isEqualTo(DEFAULT_RUN.day(46));
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theStreamGeneratesADayOnlyWhenItIsRead() {
        Simulator century = new Simulator(DEFAULTS.withDays(36_500));

        assertThat(century.payments().limit(3)).hasSize(3);
    }

    @Test
    void noPaymentIsRetainedAfterItsDay() {
        Simulator simulator = new Simulator(DEFAULTS);
        Iterator<SimulatedPayment> payments = simulator.payments().iterator();
        List<WeakReference<Payment>> firstDay = IntStream.range(0, 1_000)
                .mapToObj(i -> new WeakReference<>(payments.next().payment()))
                .toList();
        while (dayOf(payments.next()) < 2) {
            // skip
        }
        System.gc();

        assertThat(firstDay).allMatch(payment -> payment.get() == null);
        Reference.reachabilityFence(simulator);
        Reference.reachabilityFence(payments);
    }

    @Test
    void idsAreUniqueAndIncreaseWithTime() {
        List<Payment> payments =
                DEFAULT_RUN.payments(0, 10).map(SimulatedPayment::payment).toList();

        assertThat(payments).isSortedAccordingTo(Comparator.comparing(Payment::time));
        assertThat(payments).extracting(Payment::id).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void paymentsOfTheSameSecondAreInOrderOfCustomer() {
        assertThat(DEFAULT_RUN.day(3))
                .extracting(SimulatedPayment::payment)
                .isSortedAccordingTo(Comparator.comparing(Payment::time).thenComparing(Payment::customer));
    }

    @Test
    void timesAreWithinTheirDayInUtc() {
        LocalDate leapDay = LocalDate.of(2024, 2, 29);
        Simulator simulator = new Simulator(DEFAULTS.withStart(leapDay.minusDays(7)));

        assertThat(simulator.day(7))
                .extracting(simulated -> simulated.payment().time())
                .allMatch(time -> time.atZone(ZoneOffset.UTC).toLocalDate().equals(leapDay));
    }

    @Test
    void amountsAreExactInCentsAndNeverNegative() {
        assertThat(DEFAULT_RUN.payments(0, 10))
                .extracting(simulated -> simulated.payment().amount())
                .allMatch(amount -> amount.scale() == 2 && amount.signum() >= 0);
    }

    @Test
    void customersPayOnlyAtTerminalsWithinTheRadius() {
        Population population = DEFAULT_RUN.population();

        assertThat(DEFAULT_RUN.day(0)).allSatisfy(simulated -> {
            Location home = population.customer(simulated.payment().customer()).home();
            Location terminal = population.terminal(simulated.payment().terminal());
            assertThat(Math.hypot(home.x() - terminal.x(), home.y() - terminal.y()))
                    .isLessThan(DEFAULTS.radius());
        });
    }

    @Test
    void aCustomerUsesEveryTerminalWithinTheRadius() {
        Simulator simulator = new Simulator(CROWDED.withTerminals(20).withDays(200));
        Population population = simulator.population();
        Location home = population.customer(0).home();
        List<Integer> near = IntStream.range(0, 20)
                .boxed()
                .filter(terminal -> home.isWithin(CROWDED.radius(), population.terminal(terminal)))
                .toList();

        assertThat(simulator.payments().map(SimulatedPayment::payment).filter(payment -> payment.customer() == 0))
                .extracting(Payment::terminal)
                .hasSameElementsAs(near)
                .containsAll(near);
        assertThat(near).isNotEmpty();
    }

    @Test
    void aCustomerWithoutTerminalsNeverPays() {
        assertThat(new Simulator(CROWDED.withRadius(1e-9)).payments()).isEmpty();
    }

    @Test
    void anAmountIsLargeByItsValueBeforeMultiplication() {
        BigDecimal limit = new BigDecimal("220.00");

        assertThat(DEFAULT_RUN.payments(0, 30)).allSatisfy(simulated -> {
            if (simulated.fraud() == Fraud.NONE) {
                assertThat(simulated.payment().amount()).isLessThanOrEqualTo(limit);
            } else if (simulated.fraud() == Fraud.LARGE_AMOUNT) {
                assertThat(simulated.payment().amount()).isGreaterThan(limit);
            }
        });
    }

    @Test
    void aTerminalIsFraudulentOnlyInItsWindow() {
        for (int day : new int[] {0, 27, 28, 100, 181, 182}) {
            Set<Integer> terminals = started(DEFAULT_RUN.campaigns()::terminals, day, 28);

            assertThat(DEFAULT_RUN.day(day))
                    .filteredOn(simulated -> simulated.fraud() != Fraud.COMPROMISED_CUSTOMER)
                    .allMatch(
                            simulated -> terminals.contains(simulated.payment().terminal())
                                    == (simulated.fraud() == Fraud.COMPROMISED_TERMINAL));
        }
    }

    @Test
    void aCustomerIsDefraudedOnlyInTheirWindow() {
        for (int day : new int[] {0, 13, 14, 100, 181, 182}) {
            Set<Integer> customers = started(DEFAULT_RUN.campaigns()::customers, day, 14);

            assertThat(DEFAULT_RUN.day(day))
                    .filteredOn(simulated -> simulated.fraud() == Fraud.COMPROMISED_CUSTOMER)
                    .isNotEmpty()
                    .allMatch(
                            simulated -> customers.contains(simulated.payment().customer()));
        }
    }

    @Test
    void everyDayTwoTerminalsAndThreeCustomersAreCompromised() {
        assertThat(DEFAULT_RUN.campaigns().terminals(5)).hasSize(2);
        assertThat(DEFAULT_RUN.campaigns().customers(5)).hasSize(3);
    }

    @Test
    void everyCampaignMultipliesAThirdOfItsPoolByFive() {
        Simulator simulator = new Simulator(CROWDED);
        int expected = IntStream.range(0, CROWDED.days() - 1)
                .map(first -> poolSize(simulator, first) / 3)
                .sum();

        int multiplications = 0;
        int compounded = 0;
        for (int day = 0; day < CROWDED.days(); day++) {
            List<SimulatedPayment> payments = simulator.day(day);
            List<Purchase> purchases = purchasesByTime(simulator, day);
            for (int i = 0; i < payments.size(); i++) {
                int hits = multiplications(purchases.get(i), payments.get(i));
                assertThat(payments.get(i).fraud() == Fraud.COMPROMISED_CUSTOMER)
                        .isEqualTo(hits > 0);
                multiplications += hits;
                compounded += hits > 1 ? 1 : 0;
            }
        }

        assertThat(multiplications).isEqualTo(expected);
        assertThat(compounded).as("payments that several campaigns hit").isPositive();
    }

    @Test
    void anAmountNeverExceedsItsColumn() {
        Simulator simulator = new Simulator(CROWDED.withCustomers(3).withDays(400));

        assertThat(simulator
                        .payments()
                        .map(simulated -> simulated.payment().amount())
                        .max(Comparator.naturalOrder()))
                .contains(new BigDecimal("99999999.99"));
    }

    @Test
    void aRunOfOneDayHasNoCampaigns() {
        assertThat(new Simulator(DEFAULTS.withDays(1)).payments())
                .extracting(SimulatedPayment::fraud)
                .containsOnly(Fraud.NONE, Fraud.LARGE_AMOUNT);
    }

    @Test
    void aDayOutsideOfTheRunIsRejected() {
        assertThatThrownBy(() -> DEFAULT_RUN.day(183))
                .hasMessage("Day 183 is outside of this run, which has the days 0 to 182.");
        assertThatThrownBy(() -> DEFAULT_RUN.day(-1)).hasMessageContaining("Day -1");
        assertThatThrownBy(() -> DEFAULT_RUN.payments(180, 184)).hasMessageContaining("Days 180 to 184 (exclusive)");
        assertThatThrownBy(() -> DEFAULT_RUN.payments(8, 7)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void invalidSettingsAreRejected() {
        assertThatThrownBy(() -> DEFAULTS.withCustomers(2))
                .hasMessage("A simulation needs 3 to 1,000,000 customers, not 2.");
        assertThatThrownBy(() -> DEFAULTS.withTerminals(1)).hasMessageContaining("at least 2 terminals");
        assertThatThrownBy(() -> DEFAULTS.withDays(0)).hasMessageContaining("at least 1 day");
        assertThatThrownBy(() -> DEFAULTS.withRadius(Double.NaN)).hasMessageContaining("a radius above 0");
    }

    private static Predicate<SimulatedPayment> on(int day) {
        return simulated -> dayOf(simulated) == day;
    }

    private static int dayOf(SimulatedPayment simulated) {
        Instant start = DEFAULTS.start().atStartOfDay(ZoneOffset.UTC).toInstant();
        return (int) TimeUnit.SECONDS.toDays(simulated.payment().time().getEpochSecond() - start.getEpochSecond());
    }

    /** The targets of the campaigns of this length that are active on a day; none begins on day 182. */
    private static Set<Integer> started(IntFunction<Set<Integer>> campaign, int day, int length) {
        Set<Integer> all = new HashSet<>();
        for (int first = 0; first < 182; first++) {
            if (first <= day && day < first + length) {
                all.addAll(campaign.apply(first));
            }
        }
        return all;
    }

    private static int poolSize(Simulator simulator, int firstDay) {
        Set<Integer> customers = simulator.campaigns().customers(firstDay);
        return (int) simulator
                .payments(firstDay, Math.min(firstDay + 14, CROWDED.days()))
                .filter(simulated -> customers.contains(simulated.payment().customer()))
                .count();
    }

    private static List<Purchase> purchasesByTime(Simulator simulator, int day) {
        return simulator.population().purchases(day).stream()
                .sorted(Comparator.comparing(Purchase::second).thenComparing(Purchase::customer))
                .toList();
    }

    private static int multiplications(Purchase purchase, SimulatedPayment simulated) {
        long cents = simulated.payment().amount().unscaledValue().longValueExact();
        double exponent = Math.log((double) cents / purchase.cents()) / Math.log(5);
        assertThat(exponent).isCloseTo(Math.rint(exponent), within(1e-9));
        return (int) Math.rint(exponent);
    }
}
