package workbook.capstone.inference;

import workbook.kit.Payment;

/** What is known of a payment's customer and terminal when it is scored: the last twelve of the {@link Features}. */
public interface Lookup {

    /** Writes it into {@code features}, from {@code offset}: six figures of the customer, then six of the terminal. */
    void copyTo(double[] features, int offset, Payment payment);
}
