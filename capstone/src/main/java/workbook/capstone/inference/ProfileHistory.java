package workbook.capstone.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;

/**
 * Counts payments by day, to make {@link Profiles} of them. It keeps one row of counters a day for as many days as the
 * longest window and the label delay reach back, and no payment.
 *
 * <p>The windows are those of the handbook's features (Le Borgne et al., chapter 3): 1, 7 and 30 days; the figures that
 * need labels are a week late, because that is how long it takes until a fraud is known. Unlike there, a window ends
 * with the last closed day and not with the payment itself: this is what a nightly batch job can know.
 */
public final class ProfileHistory {

    /** Days until it is known whether a payment was a fraud. */
    public static final int LABEL_DELAY = 7;

    private static final int DAYS = 30 + LABEL_DELAY;

    private final int customers;
    private final int terminals;
    /** The closed days, the latest first. */
    private final Deque<Day> days = new ArrayDeque<>();

    public ProfileHistory(int customers, int terminals) {
        this.customers = customers;
        this.terminals = terminals;
    }

    /** Adds the next day's payments. */
    public void close(List<SimulatedPayment> payments) {
        Day day = new Day(customers, terminals);
        payments.forEach(day::add);
        days.addFirst(day);
        if (days.size() > DAYS) {
            days.removeLast();
        }
    }

    /** What is known now. */
    public Profiles profiles() {
        float[] byCustomer = new float[customers * Profiles.WIDTH];
        float[] byTerminal = new float[terminals * Profiles.WIDTH];
        for (int w = 0; w < Profiles.WINDOWS.size(); w++) {
            int length = Profiles.WINDOWS.get(w);
            int column = 2 * w;
            fill(byCustomer, column, sum(customers, 0, length, day -> day.customerCount),
                    sum(customers, 0, length, day -> day.customerAmount));
            fill(byTerminal, column, sum(terminals, LABEL_DELAY, length, day -> day.terminalCount),
                    sum(terminals, LABEL_DELAY, length, day -> day.terminalFrauds));
        }
        return new Profiles(byCustomer, byTerminal);
    }

    private double[] sum(int size, int skip, int length, Function<Day, float[]> column) {
        double[] sums = new double[size];
        Iterator<Day> latestFirst = days.stream().skip(skip).limit(length).iterator();
        while (latestFirst.hasNext()) {
            float[] values = column.apply(latestFirst.next());
            for (int i = 0; i < size; i++) {
                sums[i] += values[i];
            }
        }
        return sums;
    }

    private static void fill(float[] table, int column, double[] counts, double[] sums) {
        for (int i = 0; i < counts.length; i++) {
            table[i * Profiles.WIDTH + column] = (float) counts[i];
            table[i * Profiles.WIDTH + column + 1] = counts[i] == 0 ? 0 : (float) (sums[i] / counts[i]);
        }
    }

    private static final class Day {
        private final float[] customerCount;
        private final float[] customerAmount;
        private final float[] terminalCount;
        private final float[] terminalFrauds;

        Day(int customers, int terminals) {
            customerCount = new float[customers];
            customerAmount = new float[customers];
            terminalCount = new float[terminals];
            terminalFrauds = new float[terminals];
        }

        void add(SimulatedPayment simulated) {
            Payment payment = simulated.payment();
            customerCount[payment.customer()]++;
            customerAmount[payment.customer()] += payment.amount().floatValue();
            terminalCount[payment.terminal()]++;
            terminalFrauds[payment.terminal()] += simulated.isFraud() ? 1 : 0;
        }
    }
}
