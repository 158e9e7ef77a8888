package workbook.capstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.Profiles;
import workbook.capstone.inference.Training;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.Sessions;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;
import workbook.kit.spark.PaymentRow;

/** A model with a history of 51 days; a lake with the 40 days after them, and all their frauds. */
class FreshProfilesTest {

    private static final Simulator.Settings SIMULATION = Simulator.Settings.defaults()
            .withCustomers(400)
            .withTerminals(1_000)
            .withRadius(10)
            .withDays(Training.HISTORY_DAYS + 40);
    private static final LocalDate STREAM = SIMULATION.start().plusDays(Training.HISTORY_DAYS);
    private static final Duration WEEK = Duration.ofDays(7);
    /** Ids of frauds that are reported after all nights. */
    private static final Set<Long> LATE = new HashSet<>();

    /** The number of a customer and of a terminal that are in the stream only, not in the history. */
    private static final int NEW = Integer.MAX_VALUE;

    private static final int NOBODY = NEW - 1;

    /** The index among a terminal's features. */
    private static final int RISK_7D = 3;

    @TempDir
    static Path folder;

    private static SparkSession spark;
    private static Lake lake;
    private static FraudModel first;
    private static List<SimulatedPayment> all;

    @BeforeAll
    static void aLake() {
        spark = Sessions.start(1);
        lake = new Lake(folder);
        Simulator simulator = new Simulator(SIMULATION);
        first = Training.on(simulator, SIMULATION);
        List<SimulatedPayment> streamed = simulator
                .payments(Training.HISTORY_DAYS, SIMULATION.days())
                .map(FreshProfilesTest::renumbered)
                .toList();
        all = Stream.concat(simulator.payments(0, Training.HISTORY_DAYS), streamed.stream())
                .toList();
        spark.createDataFrame(
                        streamed.stream()
                                .map(one -> PaymentRow.of(one.payment()))
                                .toList(),
                        PaymentRow.SCHEMA)
                .write()
                .format("delta")
                .save(folder.resolve(Lake.SILVER).toString());
        Chargebacks.append(spark, folder, reports(streamed));
    }

    private static SimulatedPayment renumbered(SimulatedPayment simulated) {
        Payment payment = simulated.payment();
        return new SimulatedPayment(
                new Payment(
                        payment.id(),
                        payment.time(),
                        payment.customer() == 0 ? NEW : payment.customer(),
                        payment.terminal() == 0 ? NEW : payment.terminal(),
                        payment.amount()),
                simulated.fraud());
    }

    /** Every tenth fraud is reported 60 days late. */
    private static Map<Long, Instant> reports(List<SimulatedPayment> payments) {
        List<Payment> frauds = payments.stream()
                .filter(SimulatedPayment::isFraud)
                .map(SimulatedPayment::payment)
                .toList();
        for (int i = 0; i < frauds.size(); i += 10) {
            LATE.add(frauds.get(i).id());
        }
        return frauds.stream()
                .collect(Collectors.toMap(
                        Payment::id,
                        fraud -> LATE.contains(fraud.id()) ? fraud.time().plus(Duration.ofDays(60)) : fraud.time()));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Day 20 still needs the history, day 39 does not. Later days in the lake must not count. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 20, 39})
    void equalALoopOverAllPaymentsAndTheFraudsKnownByThen(int day) {
        Instant night = midnight(STREAM.plusDays(day));
        Map<Integer, List<SimulatedPayment>> customers = month(night, Payment::customer);
        Map<Integer, List<SimulatedPayment>> terminals = month(night.minus(WEEK), Payment::terminal);

        Profiles profiles = fresh(night);
        assertThat(profiles.day()).isEqualTo(STREAM.plusDays(day));
        assertThat(profiles.customers()).isEqualTo(customers.size());
        assertThat(profiles.terminals()).isEqualTo(terminals.size());
        customers.forEach((customer, paid) -> assertThat(customer(profiles, customer))
                .as("customer %d", customer)
                .containsExactly(
                        features(paid, night, one -> one.payment().amount().doubleValue()), within(1e-3)));
        terminals.forEach((terminal, paid) -> assertThat(terminal(profiles, terminal))
                .as("terminal %d", terminal)
                .containsExactly(features(paid, night.minus(WEEK), one -> isKnown(one) ? 1 : 0), within(1e-6)));
    }

    @Test
    void newKeysHaveProfilesAndInactiveOnesHaveZeros() {
        Profiles profiles = fresh(midnight(STREAM.plusDays(39)));
        assertThat(customer(profiles, NEW)[4]).isPositive();
        assertThat(terminal(profiles, NEW)[4]).isPositive();
        assertThat(customer(profiles, 0)).containsOnly(0);
        assertThat(terminal(profiles, 0)).containsOnly(0);
    }

    @Test
    void beforeTheFirstFullDayTheyEqualTheFirstModels() {
        Profiles profiles = fresh(Instant.EPOCH);
        assertThat(profiles.day()).isEqualTo(STREAM);
        for (int number = 0; number < SIMULATION.terminals(); number++) {
            assertThat(customer(profiles, number)).isEqualTo(customer(first.profiles(), number));
            assertThat(terminal(profiles, number)).isEqualTo(terminal(first.profiles(), number));
        }
    }

    /** The profiles are as of the last day of the stream, even a year later. */
    @Test
    void profilesAreNoLaterThanTheStream() {
        Profiles profiles = fresh(midnight(STREAM.plusYears(1)));
        assertThat(profiles.day()).isEqualTo(STREAM.plusDays(39));
        Profiles then = fresh(midnight(STREAM.plusDays(39)));
        for (int number = 0; number < SIMULATION.terminals(); number++) {
            assertThat(terminal(profiles, number)).isEqualTo(terminal(then, number));
        }
    }

    @Test
    void aTerminalCompromisedAfterTheTrainingIsSeenAsRiskyAndItsPaymentsScoreHigher() {
        Instant night = midnight(STREAM.plusDays(20));
        FraudModel refreshed = first.withProfiles(fresh(night));
        assertThat(compromised(night)).hasSizeGreaterThan(5).allSatisfy(terminal -> {
            assertThat(terminal(first.profiles(), terminal)[RISK_7D]).isZero();
            assertThat(terminal(refreshed.profiles(), terminal)[RISK_7D]).isPositive();
            Payment payment = new Payment(1, night.plusSeconds(60), NOBODY, terminal, new BigDecimal("50.00"));
            assertThat(refreshed.score(Features.of(payment, refreshed.profiles())))
                    .isGreaterThan(first.score(Features.of(payment, first.profiles())));
        });
    }

    /** Terminals without a fraud before the stream, and with several known frauds in the week before last. */
    private static List<Integer> compromised(Instant night) {
        Set<Integer> before = frauds(Instant.EPOCH, midnight(STREAM)).keySet();
        return frauds(night.minus(WEEK).minus(WEEK), night.minus(WEEK)).entrySet().stream()
                .filter(terminal -> !before.contains(terminal.getKey()) && terminal.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Known frauds by terminal. */
    private static Map<Integer, Long> frauds(Instant from, Instant to) {
        return all.stream()
                .filter(FreshProfilesTest::isKnown)
                .filter(one -> isWithin(one, from, to))
                .collect(Collectors.groupingBy(one -> one.payment().terminal(), Collectors.counting()));
    }

    private static Profiles fresh(Instant night) {
        return new FreshProfiles(spark, lake, first.history()).asOf(night);
    }

    private static double[] customer(Profiles profiles, int customer) {
        double[] known = new double[12];
        profiles.copyTo(known, 0, payment(customer, NOBODY));
        return Arrays.copyOf(known, 6);
    }

    private static double[] terminal(Profiles profiles, int terminal) {
        double[] known = new double[12];
        profiles.copyTo(known, 0, payment(NOBODY, terminal));
        return Arrays.copyOfRange(known, 6, 12);
    }

    private static Payment payment(int customer, int terminal) {
        return new Payment(1, Instant.EPOCH, customer, terminal, BigDecimal.ONE);
    }

    /** The payments of the last 30 days. */
    private static Map<Integer, List<SimulatedPayment>> month(Instant end, Function<Payment, Integer> key) {
        return all.stream()
                .filter(one -> isWithin(one, end.minus(Duration.ofDays(30)), end))
                .collect(Collectors.groupingBy(one -> key.apply(one.payment())));
    }

    private static double[] features(
            List<SimulatedPayment> payments, Instant end, ToDoubleFunction<SimulatedPayment> value) {
        return Stream.of(1, 7, 30)
                .flatMap(days -> {
                    List<SimulatedPayment> counted = payments.stream()
                            .filter(one -> isWithin(one, end.minus(Duration.ofDays(days)), end))
                            .toList();
                    return Stream.of(
                            (double) counted.size(),
                            counted.stream().mapToDouble(value).average().orElse(0));
                })
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static boolean isKnown(SimulatedPayment one) {
        return one.isFraud() && !LATE.contains(one.payment().id());
    }

    private static boolean isWithin(SimulatedPayment one, Instant from, Instant to) {
        Instant time = one.payment().time();
        return !time.isBefore(from) && time.isBefore(to);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
