package workbook.capstone.inference;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import workbook.kit.Payment;

/**
 * The features of every customer and terminal at the start of a day, looked up when a payment is scored. Computed from
 * {@link ProfileSums}. Unknown customers and terminals have zeros.
 */
public final class Profiles implements Lookup, Serializable {

    private static final long serialVersionUID = 2;

    /** The lengths of the windows, in days. */
    public static final List<Integer> WINDOWS = List.of(1, 7, 30);

    /** The number of features of each customer and of each terminal: two per window. */
    static final int WIDTH = 2 * WINDOWS.size();

    private static final float[] NOTHING = new float[WIDTH];

    private final LocalDate day;
    private final Map<Integer, float[]> customers;
    private final Map<Integer, float[]> terminals;

    /**
     * @param day the profiles are as of its start, UTC
     * @param customers for each customer and window: the number of payments, and their mean amount
     * @param terminals for each terminal and window, a week late: the number of payments, and the share of frauds
     */
    Profiles(LocalDate day, Map<Integer, float[]> customers, Map<Integer, float[]> terminals) {
        this.day = day;
        this.customers = customers;
        this.terminals = terminals;
    }

    /** Returns the day of the profiles: all windows end at or before its start, UTC. */
    public LocalDate day() {
        return day;
    }

    /** Returns the number of customers with a payment in a window. */
    public int customers() {
        return customers.size();
    }

    /** Returns the number of terminals with a payment in a window; their windows end a week earlier. */
    public int terminals() {
        return terminals.size();
    }

    @Override
    public void copyTo(double[] features, int offset, Payment payment) {
        copy(customers.getOrDefault(payment.customer(), NOTHING), features, offset);
        copy(terminals.getOrDefault(payment.terminal(), NOTHING), features, offset + WIDTH);
    }

    private static void copy(float[] figures, double[] features, int offset) {
        for (int i = 0; i < WIDTH; i++) {
            features[offset + i] = figures[i];
        }
    }
}
