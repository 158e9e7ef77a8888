package workbook.capstone.inference;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Partial sums for {@link Profiles}: two for each customer or terminal and each of the {@link Profiles#WINDOWS}. Sums
 * of the same key add up, so a window can be combined from several parts.
 */
public final class ProfileSums {

    private final Map<Integer, double[]> customers = new HashMap<>();
    private final Map<Integer, double[]> terminals = new HashMap<>();

    /**
     * Adds sums of a customer.
     *
     * @param sums for each window: the number of payments, and the sum of their amounts
     */
    public void addCustomer(int customer, double[] sums) {
        add(customers, customer, sums);
    }

    /**
     * Adds sums of a terminal.
     *
     * @param sums for each window, which ends a week before the day of the profiles: the number of payments, and the
     *     number of frauds among them
     */
    public void addTerminal(int terminal, double[] sums) {
        add(terminals, terminal, sums);
    }

    private static void add(Map<Integer, double[]> all, int key, double[] sums) {
        double[] known = all.computeIfAbsent(key, none -> new double[Profiles.WIDTH]);
        for (int i = 0; i < known.length; i++) {
            known[i] += sums[i];
        }
    }

    /** Returns the profiles of this day, at whose start the windows end. */
    public Profiles profiles(LocalDate day) {
        return new Profiles(day, figures(customers), figures(terminals));
    }

    private static Map<Integer, float[]> figures(Map<Integer, double[]> all) {
        Map<Integer, float[]> figures = new HashMap<>();
        all.forEach((key, sums) -> figures.put(key, figures(sums)));
        return figures;
    }

    /** Keeps the counts, and divides the sums by them. */
    private static float[] figures(double[] sums) {
        float[] figures = new float[sums.length];
        for (int i = 0; i < sums.length; i += 2) {
            figures[i] = (float) sums[i];
            figures[i + 1] = sums[i] == 0 ? 0 : (float) (sums[i + 1] / sums[i]);
        }
        return figures;
    }
}
