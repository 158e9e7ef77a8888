package workbook.capstone.inference;

import java.io.Serializable;
import java.util.List;
import workbook.kit.Payment;

/**
 * What is known of every customer and terminal at the end of a day, looked up when a payment is scored. Built by
 * {@link ProfileHistory}. A customer or terminal never seen has zeros.
 */
public final class Profiles implements Lookup, Serializable {

    private static final long serialVersionUID = 1;

    /** The lengths of the windows, in days. */
    public static final List<Integer> WINDOWS = List.of(1, 7, 30);

    /** Figures kept of each customer and of each terminal: two for each window. */
    static final int WIDTH = 2 * WINDOWS.size();

    private final float[] customers;
    private final float[] terminals;

    /**
     * @param customers for each customer, and each window: the number of payments, and their mean amount
     * @param terminals for each terminal, and each window, a week late: the number of payments, and the share of frauds
     */
    Profiles(float[] customers, float[] terminals) {
        this.customers = customers;
        this.terminals = terminals;
    }

    @Override
    public void copyTo(double[] features, int offset, Payment payment) {
        copy(customers, payment.customer(), features, offset);
        copy(terminals, payment.terminal(), features, offset + WIDTH);
    }

    private static void copy(float[] table, int row, double[] features, int offset) {
        int start = row * WIDTH;
        boolean known = row >= 0 && row < table.length / WIDTH;
        for (int i = 0; i < WIDTH; i++) {
            features[offset + i] = known ? table[start + i] : 0;
        }
    }
}
