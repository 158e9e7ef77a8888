package workbook.kit.models;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads features from a program's text. */
public final class FeatureText {

    private FeatureText() {}

    /**
     * Reads {@code amount=0.9 count=3}: names and values in the order of the text.
     *
     * @throws NumberFormatException if a value is not a number; {@code NaN} is one here
     */
    public static Map<String, Double> parse(String text) {
        Map<String, Double> features = new LinkedHashMap<>();
        for (String feature : text.split(" ")) {
            String[] parts = feature.split("=");
            features.put(parts[0], Double.valueOf(parts[1]));
        }
        return features;
    }
}
