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
 * Counts payments by day, to make {@link Profiles} of them. It keeps one row of counters a day for as many days as the
 * longest window and the label delay reach back, and no payment.
 *
 * <p>The windows are those of the handbook's features (Le Borgne et al., chapter 3): 1, 7 and 30 days; the figures that
 * need labels are a week late, because that is how long it takes until a fraud is known. Unlike there, a window ends
 * with the last closed day and not with the payment itself: this is what a nightly batch job can know.
 */
public final class ProfileHistory implements Serializable {

    private static final long serialVersionUID = 1;

    /** Days until it is known whether a payment was a fraud. */
    public static final int LABEL_DELAY = 7;

    private static final int DAYS = 30 + LABEL_DELAY;

    private final int customers;
    private final int terminals;
    /** The closed days, the latest first. */
    private final Deque<Day> days = new ArrayDeque<>();

    private LocalDate end;

    /**
     * A history without a day yet.
     *
     * @param customers they are numbered from 0 to before this
     * @param terminals likewise
     * @param start the first day to be closed
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

    /** The first day that it does not know. */
    public LocalDate end() {
        return end;
    }

    /** What is known now. */
    public Profiles profiles() {
        return sums(end).profiles(end);
    }

    /**
     * What its days are to windows that end with the day before this one, which is not before {@link #end}. The later
     * it is, the less: nothing, once the windows have left them behind. A fraud counts on the day it is known, and not
     * sooner.
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

    /** Its days in a window of this length that ends {@code skip} days before {@link #end}; later, if that is negative. */
    private Stream<Day> window(int skip, int length) {
        return days.stream().limit(Math.max(0, skip + length)).skip(Math.max(0, skip));
    }

    private static void add(float[] values, double[][] sums, int column) {
        for (int i = 0; i < values.length; i++) {
            sums[i][column] += values[i];
        }
    }

    /** Who has nothing in the longest window, which is the last, has nothing at all. */
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
