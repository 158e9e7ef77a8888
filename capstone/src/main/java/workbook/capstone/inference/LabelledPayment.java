package workbook.capstone.inference;

/**
 * A payment's features and its label.
 *
 * @param features in the order of {@link Features#NAMES}
 * @param fraud whether the payment is a fraud
 */
public record LabelledPayment(double[] features, boolean fraud) {}
