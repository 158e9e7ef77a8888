package workbook.capstone.inference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;

/**
 * The features of customers and terminals to the second, by the handbook's definition (Le Borgne et al., chapter 3):
 * a customer's windows of 1, 7 and 30 days end with the payment, which counts; a terminal's end a week before it, when
 * its frauds are known.
 *
 * <p>{@linkplain #add Add} payments in order of event time, each before its lookup.
 */
public final class RollingProfiles implements Lookup {

    private static final long DAY = 24 * 60 * 60;
    private static final long DELAY = ProfileHistory.LABEL_DELAY * DAY;

    private final Map<Integer, Series> customers = new HashMap<>();
    private final Map<Integer, Series> terminals = new HashMap<>();

    /** Adds the next payment. */
    public void add(SimulatedPayment simulated) {
        Payment payment = simulated.payment();
        long second = payment.time().getEpochSecond();
        series(customers, payment.customer()).add(second, payment.amount().doubleValue());
        series(terminals, payment.terminal()).add(second, simulated.isFraud() ? 1 : 0);
    }

    @Override
    public void copyTo(double[] features, int offset, Payment payment) {
        long second = payment.time().getEpochSecond();
        for (int w = 0; w < Profiles.WINDOWS.size(); w++) {
            long length = Profiles.WINDOWS.get(w) * DAY;
            int column = offset + 2 * w;
            series(customers, payment.customer()).copyTo(features, column, second - length, second);
            series(terminals, payment.terminal())
                    .copyTo(features, column + Profiles.WIDTH, second - DELAY - length, second - DELAY);
        }
    }

    private static Series series(Map<Integer, Series> all, int key) {
        return all.computeIfAbsent(key, none -> new Series());
    }

    /** Values by time, with running sums: a window is the difference of two sums. */
    private static final class Series {
        private long[] seconds = new long[8];
        private double[] sums = new double[9];
        private int size;

        void add(long second, double value) {
            if (size == seconds.length) {
                seconds = Arrays.copyOf(seconds, 2 * size);
                sums = Arrays.copyOf(sums, 2 * size + 1);
            }
            seconds[size] = second;
            sums[size + 1] = sums[size] + value;
            size++;
        }

        /**
         * Writes the number of values after {@code from} and up to {@code to}, and their mean, or 0 if there are none.
         */
        void copyTo(double[] features, int column, long from, long to) {
            int before = upTo(from);
            int end = upTo(to);
            features[column] = end - before;
            features[column + 1] = end == before ? 0 : (sums[end] - sums[before]) / (end - before);
        }

        private int upTo(long second) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) / 2;
                if (seconds[middle] <= second) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
