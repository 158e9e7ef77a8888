package workbook.capstone.inference;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;

/**
 * Counts payments by day, to compute {@link Profiles}. It keeps counters per day, not payments, for as many days as the
 * longest window and the label delay reach back.
 *
 * <p>The windows are those of the handbook's features (Le Borgne et al., chapter 3): 1, 7 and 30 days; features that
 * need labels are a week late, because a fraud is known only after a week. Unlike the handbook's, a window ends with
 * the last complete day, not with the payment: a nightly batch job has no later data.
 */
public final class ProfileHistory implements Serializable {

    private static final long serialVersionUID = 1;

    /** Days until it is known whether a payment was a fraud. */
    public static final int LABEL_DELAY = 7;

    private static final int DAYS = 30 + LABEL_DELAY;

    private final int customers;
    private final int terminals;
    /** The added days, the latest first. */
    private final Deque<Day> days = new ArrayDeque<>();

    private LocalDate end;

    /**
     * Creates a history without any day.
     *
     * @param customers number of customers, numbered from 0
     * @param terminals number of terminals, numbered from 0
     * @param start the first day to add
     */
    public ProfileHistory(int customers, int terminals, LocalDate start) {
        this.customers = customers;
        this.terminals = terminals;
        this.end = start;
    }

    /** Adds the next day's payments. */
    public void addDay(List<SimulatedPayment> payments) {
        Day day = new Day(customers, terminals);
        payments.forEach(day::add);
        days.addFirst(day);
        if (days.size() > DAYS) {
            days.removeLast();
        }
        end = end.plusDays(1);
    }

    /** Returns the first day that was not added yet. */
    public LocalDate end() {
        return end;
    }

    /** Returns the profiles as of {@link #end}. */
    public Profiles profiles() {
        return sums(end).profiles(end);
    }

    /**
     * Returns the share of these days in windows that end before this day, which is not before {@link #end}. The later
     * the day, the smaller the share; it is empty once no window reaches back to these days. A fraud counts from the
     * day it is known.
     */
    public ProfileSums sums(LocalDate day) {
        int since = Math.toIntExact(ChronoUnit.DAYS.between(end, day));
        double[][] byCustomer = new double[customers][Profiles.WIDTH];
        double[][] byTerminal = new double[terminals][Profiles.WIDTH];
        for (int w = 0; w < Profiles.WINDOWS.size(); w++) {
            int length = Profiles.WINDOWS.get(w);
            int column = 2 * w;
            window(-since, length).forEach(closed -> {
                add(closed.customerCount, byCustomer, column);
                add(closed.customerAmount, byCustomer, column + 1);
            });
            window(LABEL_DELAY - since, length).forEach(closed -> {
                add(closed.terminalCount, byTerminal, column);
                add(closed.terminalFrauds, byTerminal, column + 1);
            });
        }
        ProfileSums sums = new ProfileSums();
        forEachSeen(byCustomer, sums::addCustomer);
        forEachSeen(byTerminal, sums::addTerminal);
        return sums;
    }

    /**
     * Returns the days in a window of this length that ends {@code skip} days before {@link #end}, or after it if
     * negative.
     */
    private Stream<Day> window(int skip, int length) {
        return days.stream().limit(Math.max(0, skip + length)).skip(Math.max(0, skip));
    }

    private static void add(float[] values, double[][] sums, int column) {
        for (int i = 0; i < values.length; i++) {
            sums[i][column] += values[i];
        }
    }

    /** Skips those without a payment in the longest window, which is the last and contains the others. */
    private static void forEachSeen(double[][] sums, BiConsumer<Integer, double[]> action) {
        for (int i = 0; i < sums.length; i++) {
            if (sums[i][Profiles.WIDTH - 2] > 0) {
                action.accept(i, sums[i]);
            }
        }
    }

    private static final class Day implements Serializable {
        private static final long serialVersionUID = 1;

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
