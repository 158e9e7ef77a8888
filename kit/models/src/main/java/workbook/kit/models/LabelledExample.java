package workbook.kit.models;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;

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

    /** Returns an example of each payment, in the same order. */
    public static List<LabelledExample> of(
            Stream<SimulatedPayment> payments, Function<Payment, Map<String, Double>> features) {
        return payments.map(one -> new LabelledExample(features.apply(one.payment()), one.isFraud()))
                .toList();
    }
}
