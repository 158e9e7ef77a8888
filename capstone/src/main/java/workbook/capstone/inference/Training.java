package workbook.capstone.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

/**
 * Trains the model on simulated history, as it would be trained the night before the stream begins: on a week of
 * payments whose labels are known by then, so that a week lies between training and the stream. This is the handbook's
 * protocol (Le Borgne et al., chapter 3: a week to train, a week's delay, then the test days).
 */
public final class Training {

    /** Days of history: enough to fill the longest window a week before the training week begins. */
    public static final int HISTORY_DAYS = 30 + 3 * ProfileHistory.LABEL_DELAY;

    private static final int TRAINING_DAYS = 7;

    /** One payment in 200 raises an alert: what a small team can look at. */
    private static final double ALERT_SHARE = 1 / 200.0;

    // Held here, because the log manager forgets the level of a logger nobody holds.
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    private final List<Example<Label>> examples = new ArrayList<>();
    private long frauds;

    private Training() {}

    /** A model that knows the first {@link #HISTORY_DAYS} days of the simulation. The same seed gives the same model. */
    public static FraudModel on(Simulator simulator, Simulator.Settings settings) {
        TRIBUO.setLevel(Level.WARNING);
        return new Training().run(simulator, settings);
    }

    private FraudModel run(Simulator simulator, Simulator.Settings settings) {
        ProfileHistory history = new ProfileHistory(settings.customers(), settings.terminals());
        int firstTrainingDay = HISTORY_DAYS - ProfileHistory.LABEL_DELAY - TRAINING_DAYS;
        for (int day = 0; day < HISTORY_DAYS; day++) {
            List<SimulatedPayment> payments = simulator.day(day);
            if (day >= firstTrainingDay && day < firstTrainingDay + TRAINING_DAYS) {
                learn(payments, history.profiles());
            }
            history.close(payments);
        }
        Model<Label> model = train();
        return new FraudModel(model, history.profiles(), new FraudModel.Card(examples.size(), frauds, threshold(model)));
    }

    private void learn(List<SimulatedPayment> payments, Profiles profiles) {
        String[] names = Features.NAMES.toArray(new String[0]);
        for (SimulatedPayment simulated : payments) {
            Label label = new Label(simulated.isFraud() ? FraudModel.FRAUD : FraudModel.GENUINE);
            examples.add(new ArrayExample<>(label, names, Features.of(simulated.payment(), profiles)));
            frauds += simulated.isFraud() ? 1 : 0;
        }
    }

    private Model<Label> train() {
        var source = new ListDataSource<>(examples, new LabelFactory(),
                new SimpleDataSourceProvenance("simulated payments", new LabelFactory()));
        var standardised = new TransformationMap(List.of(new MeanStdDevTransformation()));
        var regression = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(1, 0.1), 5, -1, 1, 1L);
        return new TransformTrainer<>(regression, standardised).train(new MutableDataset<>(source));
    }

    private double threshold(Model<Label> model) {
        double[] scores = model.predict(examples).stream()
                .mapToDouble(prediction -> prediction.getOutputScores().get(FraudModel.FRAUD).getScore())
                .sorted()
                .toArray();
        return scores[(int) (scores.length * (1 - ALERT_SHARE))];
    }
}
