package workbook.kit.models;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import workbook.kit.Payment;
import workbook.kit.Simulator;

/** Examples from simulated payments, for programs that are not about features. */
public final class SimulatedExamples {

    private SimulatedExamples() {}

    /**
     * Returns the payments of 500 customers in two weeks, with the features {@code amount} in hundreds, {@code count},
     * the customer's payments on this day up to this one, and {@code night}, 1 until 06:59 and 0 after it.
     */
    public static List<LabelledExample> twoWeeks() {
        Map<String, Integer> counts = new HashMap<>();
        return LabelledExample.of(Simulator.of(500, 1000, 14).payments(), payment -> features(payment, counts));
    }

    private static Map<String, Double> features(Payment payment, Map<String, Integer> counts) {
        String time = payment.time().toString(); // 2018-04-01T09:00:00Z
        double count = counts.merge(payment.customer() + " " + time.substring(0, 10), 1, Integer::sum);
        double night = time.substring(11, 13).compareTo("06") <= 0 ? 1 : 0;
        return Map.of("amount", payment.amount().doubleValue() / 100, "count", count, "night", night);
    }
}
