package workbook.capstone.inference;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * {@link Profiles} in the making: of each customer and terminal two sums for each of the {@link Profiles#WINDOWS}. What
 * is added of one of them comes to what was added before, so that a window may be pieced together.
 */
public final class ProfileSums {

    private final Map<Integer, double[]> customers = new HashMap<>();
    private final Map<Integer, double[]> terminals = new HashMap<>();

    /**
     * Adds to a customer.
     *
     * @param sums for each window: the number of payments, and the sum of their amounts
     */
    public void addCustomer(int customer, double[] sums) {
        add(customers, customer, sums);
    }

    /**
     * Adds to a terminal.
     *
     * @param sums for each window, which ends a week before the day of the profiles: the number of payments, and that
     *     of the frauds among them
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

    /** What they come to, if this is the day at whose beginning the windows end. */
    public Profiles profiles(LocalDate day) {
        return new Profiles(day, figures(customers), figures(terminals));
    }

    private static Map<Integer, float[]> figures(Map<Integer, double[]> all) {
        Map<Integer, float[]> figures = new HashMap<>();
        all.forEach((key, sums) -> figures.put(key, figures(sums)));
        return figures;
    }

    /** The counts as they are, the sums as means. */
    private static float[] figures(double[] sums) {
        float[] figures = new float[sums.length];
        for (int i = 0; i < sums.length; i += 2) {
            figures[i] = (float) sums[i];
            figures[i + 1] = sums[i] == 0 ? 0 : (float) (sums[i + 1] / sums[i]);
        }
        return figures;
    }
}
