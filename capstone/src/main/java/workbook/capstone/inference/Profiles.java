package workbook.capstone.inference;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import workbook.kit.Payment;

/**
 * What is known of every customer and terminal when a day begins, looked up when a payment is scored. Made of
 * {@link ProfileSums}. A customer or terminal never seen has zeros.
 */
public final class Profiles implements Lookup, Serializable {

    private static final long serialVersionUID = 2;

    /** The lengths of the windows, in days. */
    public static final List<Integer> WINDOWS = List.of(1, 7, 30);

    /** EntityFeatures kept of each customer and of each terminal: two for each window. */
    static final int WIDTH = 2 * WINDOWS.size();

    private static final float[] NOTHING = new float[WIDTH];

    private final LocalDate day;
    private final Map<Integer, float[]> customers;
    private final Map<Integer, float[]> terminals;

    /**
     * @param day at whose beginning, UTC, this is known
     * @param customers of each, and each window: the number of payments, and their mean amount
     * @param terminals of each, and each window, a week late: the number of payments, and the share of frauds
     */
    Profiles(LocalDate day, Map<Integer, float[]> customers, Map<Integer, float[]> terminals) {
        this.day = day;
        this.customers = customers;
        this.terminals = terminals;
    }

    /** The day at whose beginning, UTC, this is known: all windows have ended by then. */
    public LocalDate day() {
        return day;
    }

    /** How many customers have paid in any of the windows. */
    public int customers() {
        return customers.size();
    }

    /** How many terminals were paid at in any of the windows, which for them end a week before. */
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
