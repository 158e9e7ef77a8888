package workbook.kit.models;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** What the models of this package have in common: the trainer, its data, and the label whose probability is a score. */
final class Tribuo {

    static final Label FRAUD = new Label("fraud");
    private static final Label GENUINE = new Label("genuine");
    private static final Label UNKNOWN = new Label("?");

    // A strong reference: the log manager holds loggers weakly, and their level is lost with them.
    private static final Logger LOG = Logger.getLogger("org.tribuo");

    static {
        LOG.setLevel(Level.WARNING);
    }

    private Tribuo() {}

    static LinearSGDTrainer logisticRegression(long seed) {
        return new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(1, 0.1), 5, -1, 1, seed);
    }

    static MutableDataset<Label> dataset(List<LabelledExample> examples) {
        List<Example<Label>> rows = examples.stream()
                .map(example -> row(example.fraud() ? FRAUD : GENUINE, example.features()))
                .toList();
        return new MutableDataset<>(new ListDataSource<>(
                rows, new LabelFactory(), new SimpleDataSourceProvenance("payments", new LabelFactory())));
    }

    /** Returns a payment to be scored. */
    static Example<Label> unlabelled(Map<String, Double> features) {
        return row(UNKNOWN, features);
    }

    static double score(Prediction<Label> prediction) {
        return prediction.getOutputScores().get(FRAUD.getLabel()).getScore();
    }

    private static Example<Label> row(Label label, Map<String, Double> features) {
        Map<String, Double> inOrder = new TreeMap<>(features);
        return new ArrayExample<>(
                label,
                inOrder.keySet().toArray(String[]::new),
                inOrder.values().stream().mapToDouble(Double::doubleValue).toArray());
    }
}
