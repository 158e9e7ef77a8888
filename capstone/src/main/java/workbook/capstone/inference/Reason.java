package workbook.capstone.inference;

/**
 * Why a payment looks like a fraud: a feature of it that is out of the ordinary.
 *
 * @param feature one of {@link Features#NAMES}
 * @param value the payment's
 * @param usual the mean of those the model was trained on
 */
public record Reason(String feature, double value, double usual) {}
