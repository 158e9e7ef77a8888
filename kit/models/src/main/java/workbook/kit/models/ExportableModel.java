package workbook.kit.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tribuo.classification.sgd.linear.LinearSGDModel;

/**
 * A logistic regression of Tribuo whose weights other libraries can use: it does not standardise its features, because
 * Tribuo exports no model with transformations. Programs that only score use {@link LogisticModel}.
 */
public final class ExportableModel {

    private final LinearSGDModel model;
    private final int fraud;

    private ExportableModel(LinearSGDModel model) {
        this.model = model;
        fraud = model.getOutputIDInfo().getID(Tribuo.FRAUD);
    }

    /** Trains a model. The same examples in the same order, with the same seed, give the same weights. */
    public static ExportableModel train(List<LabelledExample> examples, long seed) {
        return new ExportableModel(Tribuo.logisticRegression(seed).train(Tribuo.dataset(examples)));
    }

    /**
     * Returns the probability of a fraud, as {@link ScoringModel#score} does.
     *
     * @throws IllegalArgumentException if a value is NaN, or if the model knows none of the names
     */
    public double score(Map<String, Double> features) {
        return Tribuo.score(model.predict(Tribuo.unlabelled(features)));
    }

    /**
     * Returns the weights of these features: the score is the logistic function of their products with the values and
     * the {@link #bias}. Tribuo has a weight for each of the two labels; these are the differences.
     */
    public double[] weights(List<String> features) {
        return features.stream()
                .mapToDouble(name -> weight(model.getFeatureIDMap().getID(name)))
                .toArray();
    }

    /** Returns the part of the score's exponent that does not depend on the features. */
    public double bias() {
        return weight(model.getFeatureIDMap().size());
    }

    private double weight(int column) {
        var weights = model.getWeightsCopy();
        return weights.get(fraud, column) - weights.get(1 - fraud, column);
    }

    /**
     * Writes the model in the ONNX format. Its input has the features in alphabetical order.
     *
     * @throws IOException if it cannot be written
     */
    public void saveOnnx(Path file) throws IOException {
        model.saveONNXModel("workbook", 1, file);
    }

    /** Returns the position of the probability of a fraud in the output of the ONNX model. */
    public int onnxOutput() {
        return fraud;
    }
}
