package workbook.capstone.inference;

/**
 * A reason for a high score: a feature with an unusual value.
 *
 * @param feature one of {@link Features#NAMES}
 * @param value its value in the payment
 * @param usual its mean in the training data
 */
public record Reason(String feature, double value, double usual) {}
