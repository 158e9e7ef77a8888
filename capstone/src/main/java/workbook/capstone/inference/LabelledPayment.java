package workbook.capstone.inference;

/**
 * A payment as a model sees it, and the truth about it.
 *
 * @param features in the order of {@link Features#NAMES}
 * @param fraud whether it was one
 */
public record LabelledPayment(double[] features, boolean fraud) {}
