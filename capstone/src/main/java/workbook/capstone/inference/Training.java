package workbook.capstone.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/**
 * Trains the model on simulated history, as of the night before the stream starts: on a week of payments whose labels
 * are known by then, which ends a week before the stream. This is the handbook's protocol (Le Borgne et al., chapter 3:
 * a training week, a week's delay, then the test days).
 */
public final class Training {

    /** Days of history: enough to fill the longest window, label delay included, at the start of the training week. */
    public static final int HISTORY_DAYS = 30 + 3 * ProfileHistory.LABEL_DELAY;

    private static final int TRAINING_DAYS = 7;

    private final Algorithm algorithm;
    private final List<LabelledPayment> examples = new ArrayList<>();

    private Training(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** Trains a regression on the first {@link #HISTORY_DAYS} days of the simulation. The same seed gives the same model. */
    public static FraudModel on(Simulator simulator, Simulator.Settings settings) {
        return on(simulator, settings, Algorithm.REGRESSION);
    }

    /** Trains a model on the first {@link #HISTORY_DAYS} days of the simulation. The same seed gives the same model. */
    public static FraudModel on(Simulator simulator, Simulator.Settings settings, Algorithm algorithm) {
        return new Training(algorithm).run(simulator, settings);
    }

    /** Returns the payments after the history, in order of event time. */
    public static Stream<SimulatedPayment> unknownPayments(Simulator simulator, Simulator.Settings settings) {
        return simulator.payments(HISTORY_DAYS, settings.days());
    }

    private FraudModel run(Simulator simulator, Simulator.Settings settings) {
        ProfileHistory history = new ProfileHistory(settings.customers(), settings.terminals(), settings.start());
        int firstTrainingDay = HISTORY_DAYS - ProfileHistory.LABEL_DELAY - TRAINING_DAYS;
        for (int day = 0; day < HISTORY_DAYS; day++) {
            List<SimulatedPayment> payments = simulator.day(day);
            if (day >= firstTrainingDay && day < firstTrainingDay + TRAINING_DAYS) {
                learn(payments, history.profiles());
            }
            history.addDay(payments);
        }
        return FraudModel.of(algorithm.train(examples), history, examples);
    }

    private void learn(List<SimulatedPayment> payments, Profiles profiles) {
        payments.forEach(simulated ->
                examples.add(new LabelledPayment(Features.of(simulated.payment(), profiles), simulated.isFraud())));
    }
}
