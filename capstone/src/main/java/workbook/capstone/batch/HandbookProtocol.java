package workbook.capstone.batch;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import workbook.capstone.inference.Algorithm;
import workbook.capstone.inference.Classifier;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.LabelledPayment;
import workbook.capstone.inference.ProfileHistory;
import workbook.capstone.inference.RollingProfiles;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/**
 * Trains and tests models by the handbook's protocol (Le Borgne et al., chapters 3 and 5): a training week, a week
 * until its labels are known, a test week. Each test day excludes customers known to be compromised by then, by a fraud
 * in the training week or later.
 */
public final class HandbookProtocol {

    static final LocalDate TRAINING = LocalDate.of(2018, 7, 25);
    static final LocalDate TEST = LocalDate.of(2018, 8, 8);
    static final int WEEK = 7;

    /** Days before the training week that its longest window covers: 30 days, a week late. */
    private static final int HISTORY = 30 + ProfileHistory.LABEL_DELAY + 1;

    /** The handbook's results for logistic regression and a random forest (chapter 3), with its numbers of payments. */
    public static final Result PUBLISHED = new Result(
            new Week(67_240, 598),
            new Week(58_264, 385),
            Map.of(
                    Algorithm.REGRESSION, new Quality(0.871, 0.606, 0.291),
                    Algorithm.FOREST, new Quality(0.867, 0.658, 0.287)),
            List.of());

    private record TestPayment(LocalDate day, int customer, LabelledPayment labelled) {
        Quality.LabelledScore scored(Classifier classifier) {
            return new Quality.LabelledScore(day, customer, classifier.score(labelled.features()), labelled.fraud());
        }
    }

    private final Simulator simulator;
    private final LocalDate start;
    private final RollingProfiles profiles = new RollingProfiles();
    private final List<LabelledPayment> training = new ArrayList<>();
    private final List<TestPayment> test = new ArrayList<>();
    private final List<Set<Integer>> defrauded = new ArrayList<>();

    /** The payments of a week, and how many were frauds. */
    public record Week(int payments, int frauds) {
        static Week of(List<LabelledPayment> payments) {
            return new Week(payments.size(), (int)
                    payments.stream().filter(LabelledPayment::fraud).count());
        }
    }

    /**
     * The result of the protocol.
     *
     * @param quality the quality of each algorithm's model
     * @param drift the drift of each feature, from the training to the test week
     */
    public record Result(Week training, Week test, Map<Algorithm, Quality> quality, List<Drift> drift) {}

    private HandbookProtocol(Simulator.Settings settings) {
        simulator = new Simulator(settings);
        start = settings.start();
    }

    /**
     * Runs the protocol on a simulation.
     *
     * @throws IllegalArgumentException if the simulation does not cover the time from 38 days before the training week
     *     to the end of the test week
     */
    public static Result on(Simulator.Settings settings) {
        return new HandbookProtocol(settings).run();
    }

    private Result run() {
        payments(TRAINING.minusDays(HISTORY), HISTORY).forEach(day -> day.forEach(profiles::add));
        for (List<SimulatedPayment> day : payments(TRAINING, WEEK)) {
            training.addAll(withFeatures(day));
            defrauded.add(defrauded(day));
        }
        for (List<SimulatedPayment> day : payments(TRAINING.plusDays(WEEK), ProfileHistory.LABEL_DELAY)) {
            day.forEach(profiles::add);
            defrauded.add(defrauded(day));
        }
        for (int day = 0; day < WEEK; day++) {
            addTestDay(day);
        }
        List<LabelledPayment> tested = test.stream().map(TestPayment::labelled).toList();
        return new Result(Week.of(training), Week.of(tested), quality(), drift(tested));
    }

    private void addTestDay(int testDay) {
        LocalDate date = TEST.plusDays(testDay);
        Set<Integer> known = new HashSet<>();
        defrauded.subList(0, WEEK + testDay).forEach(known::addAll);
        List<SimulatedPayment> day = payments(date, 1).get(0);
        List<LabelledPayment> labelled = withFeatures(day);
        for (int i = 0; i < day.size(); i++) {
            int customer = day.get(i).payment().customer();
            if (!known.contains(customer)) {
                test.add(new TestPayment(date, customer, labelled.get(i)));
            }
        }
    }

    private Map<Algorithm, Quality> quality() {
        Map<Algorithm, Quality> quality = new EnumMap<>(Algorithm.class);
        for (Algorithm algorithm : Algorithm.values()) {
            Classifier classifier = algorithm.train(training);
            quality.put(
                    algorithm,
                    Quality.of(test.stream()
                            .map(payment -> payment.scored(classifier))
                            .toList()));
        }
        return quality;
    }

    private List<Drift> drift(List<LabelledPayment> tested) {
        return IntStream.range(0, Features.NAMES.size())
                .mapToObj(i -> Drift.of(Features.NAMES.get(i), values(training, i), values(tested, i)))
                .toList();
    }

    private List<List<SimulatedPayment>> payments(LocalDate from, int days) {
        int first = Math.toIntExact(ChronoUnit.DAYS.between(start, from));
        return IntStream.range(first, first + days).mapToObj(simulator::day).toList();
    }

    /** Returns the payments with their features as of each payment. */
    private List<LabelledPayment> withFeatures(List<SimulatedPayment> day) {
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
