package workbook.capstone.batch;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.LabelledPayment;
import workbook.capstone.inference.ProfileHistory;
import workbook.capstone.inference.Regression;
import workbook.capstone.inference.RollingProfiles;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/**
 * Trains and tests a model as the handbook does (Le Borgne et al., chapters 3 and 5): a week to train on, a week until
 * its labels are known, a week to test on. From each test day those customers are left out who are known to be
 * compromised by then, from a fraud in the training week or since.
 */
public final class HandbookProtocol {

    static final LocalDate TRAINING = LocalDate.of(2018, 7, 25);
    static final LocalDate TEST = LocalDate.of(2018, 8, 8);
    static final int WEEK = 7;

    /** Payments before the training week that its longest window sees: 30 days, a week late. */
    private static final int HISTORY = 30 + ProfileHistory.LABEL_DELAY + 1;

    /** What the handbook prints for logistic regression, and of how many payments and frauds. */
    public static final Result PUBLISHED =
            new Result(new Week(67_240, 598), new Week(58_264, 385), new Quality(0.871, 0.606, 0.291), List.of());

    private final Simulator simulator;
    private final LocalDate start;
    private final RollingProfiles profiles = new RollingProfiles();
    private final List<LabelledPayment> training = new ArrayList<>();
    private final List<LabelledPayment> test = new ArrayList<>();
    private final List<Quality.LabelledScore> scores = new ArrayList<>();
    private final List<Set<Integer>> defrauded = new ArrayList<>();

    /** The payments of a week, and how many were frauds. */
    public record Week(int payments, int frauds) {
        static Week of(List<LabelledPayment> payments) {
            return new Week(payments.size(), (int)
                    payments.stream().filter(LabelledPayment::fraud).count());
        }
    }

    /**
     * What came of it.
     *
     * @param drift of each feature, from the training to the test week
     */
    public record Result(Week training, Week test, Quality quality, List<Drift> drift) {}

    private HandbookProtocol(Simulator.Settings settings) {
        simulator = new Simulator(settings);
        start = settings.start();
    }

    /**
     * Runs it on a simulation.
     *
     * @throws IllegalArgumentException if the simulation does not reach from 38 days before the training week to the end
     *     of the test week
     */
    public static Result on(Simulator.Settings settings) {
        return new HandbookProtocol(settings).run();
    }

    private Result run() {
        payments(TRAINING.minusDays(HISTORY), HISTORY).forEach(day -> day.forEach(profiles::add));
        for (List<SimulatedPayment> day : payments(TRAINING, WEEK)) {
            training.addAll(seen(day));
            defrauded.add(defrauded(day));
        }
        for (List<SimulatedPayment> day : payments(TRAINING.plusDays(WEEK), ProfileHistory.LABEL_DELAY)) {
            day.forEach(profiles::add);
            defrauded.add(defrauded(day));
        }
        Regression regression = Regression.fit(training);
        for (int day = 0; day < WEEK; day++) {
            evaluate(day, regression);
        }
        return new Result(Week.of(training), Week.of(test), Quality.of(scores), drift());
    }

    private void evaluate(int testDay, Regression regression) {
        LocalDate date = TEST.plusDays(testDay);
        Set<Integer> known = new HashSet<>();
        defrauded.subList(0, WEEK + testDay).forEach(known::addAll);
        List<SimulatedPayment> day = payments(date, 1).get(0);
        List<LabelledPayment> seen = seen(day);
        for (int i = 0; i < day.size(); i++) {
            int customer = day.get(i).payment().customer();
            if (!known.contains(customer)) {
                LabelledPayment payment = seen.get(i);
                test.add(payment);
                scores.add(new Quality.LabelledScore(
                        date, customer, regression.score(payment.features()), payment.fraud()));
            }
        }
    }

    private List<Drift> drift() {
        return IntStream.range(0, Features.NAMES.size())
                .mapToObj(i -> Drift.of(Features.NAMES.get(i), values(training, i), values(test, i)))
                .toList();
    }

    private List<List<SimulatedPayment>> payments(LocalDate from, int days) {
        int first = Math.toIntExact(ChronoUnit.DAYS.between(start, from));
        return IntStream.range(first, first + days).mapToObj(simulator::day).toList();
    }

    /** As a model sees them, each when it happens. */
    private List<LabelledPayment> seen(List<SimulatedPayment> day) {
        return day.stream()
                .map(simulated -> {
                    profiles.add(simulated);
                    return new LabelledPayment(Features.of(simulated.payment(), profiles), simulated.isFraud());
                })
                .toList();
    }

    private static Set<Integer> defrauded(List<SimulatedPayment> day) {
        Set<Integer> customers = new HashSet<>();
        day.stream()
                .filter(SimulatedPayment::isFraud)
                .forEach(fraud -> customers.add(fraud.payment().customer()));
        return customers;
    }

    private static double[] values(List<LabelledPayment> payments, int feature) {
        return payments.stream()
                .mapToDouble(payment -> payment.features()[feature])
                .toArray();
    }
}
