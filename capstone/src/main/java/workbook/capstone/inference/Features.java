package workbook.capstone.inference;

import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import workbook.kit.Payment;

/**
 * The 15 features of a payment: its amount, whether it is on a weekend, whether at night (up to 06:59 UTC), and the
 * {@linkplain Lookup features} of its customer and terminal. The list is the handbook's (Le Borgne et al., chapter 3).
 */
public final class Features {

    /** The names, in order. */
    public static final List<String> NAMES = names();

    private Features() {}

    /** Returns a payment's features, in the order of {@link #NAMES}. Training and scoring share this method. */
    public static double[] of(Payment payment, Lookup known) {
        ZonedDateTime time = payment.time().atZone(ZoneOffset.UTC);
        double[] features = new double[NAMES.size()];
        features[0] = payment.amount().doubleValue();
        features[1] = isWeekend(time.getDayOfWeek()) ? 1 : 0;
        features[2] = time.getHour() <= 6 ? 1 : 0;
        known.copyTo(features, 3, payment);
        return features;
    }

    private static boolean isWeekend(DayOfWeek day) {
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("amount", "weekend", "night"));
        for (int days : Profiles.WINDOWS) {
            names.add("customer_count_" + days + "d");
            names.add("customer_mean_" + days + "d");
        }
        for (int days : Profiles.WINDOWS) {
            names.add("terminal_count_" + days + "d");
            names.add("terminal_risk_" + days + "d");
        }
        return List.copyOf(names);
    }
}
