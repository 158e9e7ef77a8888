package workbook.kit.models;

import java.util.Map;

/**
 * An example to train a model on.
 *
 * @param features the features' values by name; the same names in every example
 * @param fraud whether it is a fraud
 */
public record LabelledExample(Map<String, Double> features, boolean fraud) {

    /**
     * Copies the features.
     *
     * @throws NullPointerException if a name or a value is null
     */
    public LabelledExample {
        features = Map.copyOf(features);
    }
}
