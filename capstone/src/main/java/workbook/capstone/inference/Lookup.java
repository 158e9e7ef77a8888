package workbook.capstone.inference;

import workbook.kit.Payment;

/**
 * Looks up the features of a payment's customer and terminal at scoring time: the last twelve of the {@link Features}.
 */
public interface Lookup {

    /** Writes six features of the customer, then six of the terminal, into {@code features} from {@code offset}. */
    void copyTo(double[] features, int offset, Payment payment);
}
