package workbook.kit.models;

import java.util.HashMap;
import java.util.Map;
import workbook.kit.SimulatedPayment;

/**
 * A payment, with its features from two implementations.
 *
 * @param of the payment
 * @param sql the features by SQL, for training; one that is null there is missing
 * @param java the features by Java, for serving
 */
public record TwiceComputed(SimulatedPayment of, Map<String, Double> sql, Map<String, Double> java) {

    /** Whether one has no value, or the two differ by more than a billionth. */
    public boolean differ(String feature) {
        return !sql.containsKey(feature) || Math.abs(sql.get(feature) - java.get(feature)) > 1e-9;
    }

    /** Returns the features by SQL, except for this one. */
    public Map<String, Double> withJavas(String feature) {
        Map<String, Double> changed = new HashMap<>(sql);
        changed.put(feature, java.get(feature));
        return changed;
    }
}
