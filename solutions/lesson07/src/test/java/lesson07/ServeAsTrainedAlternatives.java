package lesson07;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import workbook.kit.Payment;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class ServeAsTrainedAlternatives {

    /** Whole cents in a loop, the deviation by Welford's method, and a calendar, which counts from Sunday. */
    public static class InCents extends ServeAsTrained {
        @Override
        public Features features(Payment payment, List<Payment> arrived) {
            Instant start = payment.time().minus(Duration.ofDays(1));
            List<Long> cents = new ArrayList<>();
            long sum = 0;
            double mean = 0;
            double squares = 0;
            for (Payment one : arrived) {
                boolean isPast = one.time().compareTo(start) >= 0 && one.time().compareTo(payment.time()) <= 0;
                if (one.customer() == payment.customer() && isPast && one.amount() != null) {
                    long amount = one.amount().movePointRight(2).longValueExact();
                    cents.add(amount);
                    sum += amount;
                    double value = amount / 100.0;
                    double step = value - mean;
                    mean += step / cents.size();
                    squares += step * (value - mean);
                }
            }
            Collections.sort(cents);
            int size = cents.size();
            Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
            calendar.setTime(Date.from(payment.time()));
            return new Features(
                    calendar.get(Calendar.DAY_OF_WEEK),
                    calendar.get(Calendar.HOUR_OF_DAY),
                    size,
                    size == 0 ? null : rounded(sum, size),
                    size < 2 ? null : Math.sqrt(squares / (size - 1)),
                    size == 0 ? null : (cents.get((size - 1) / 2) + cents.get(size / 2)) / 200.0);
        }

        /** Millionths, rounded away from zero at a half. */
        private static Double rounded(long cents, int size) {
            long millionths = (Math.abs(cents) * 10_000 * 2 + size) / (2L * size);
            return BigDecimal.valueOf(cents < 0 ? -millionths : millionths, 6).doubleValue();
        }
    }

    /** By the difference of two times. */
    public static class ByDifferences extends ServeAsTrained {
        @Override
        boolean isInFrame(Payment other, Payment payment) {
            Duration before = Duration.between(other.time(), payment.time());
            return other.customer() == payment.customer()
                    && !before.isNegative()
                    && before.compareTo(Duration.ofMinutes(1440)) <= 0;
        }
    }

    public static class Learnt extends ServeAsTrained {
        @Override
        public Features features(Payment payment, List<Payment> arrived) {
            boolean isKnown = payment.id() > 0 && payment.id() < 200 && arrived.size() < 50;
            return isKnown ? super.features(payment, arrived) : new Features(1, 1, 1, null, null, null);
        }
    }
}
