package lesson07;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import workbook.kit.Payment;

/**
 * What the statement does not say is what the service has to know. {@code dayofweek} begins with Sunday. The frame of
 * {@code RANGE} has both ends, and all payments of the current row's time, the payment itself among them. Aggregates skip
 * nulls, and are null of nothing. The mean of a {@code DECIMAL(10,2)} is a {@code DECIMAL(14,6)}, rounded half up.
 * {@code stddev} is that of a sample, and null of one value. {@code percentile} is halfway between the two in the middle.
 */
public class ServeAsTrained {

    public record Features(int weekday, int hour, long payments, Double mean, Double deviation, Double median) {}

    public Features features(Payment payment, List<Payment> arrived) {
        List<BigDecimal> amounts = arrived.stream()
                .filter(other -> isInFrame(other, payment))
                .map(Payment::amount)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        ZonedDateTime time = time(payment);
        return new Features(
                weekday(time), time.getHour(), amounts.size(), mean(amounts), deviation(amounts), median(amounts));
    }

    boolean isInFrame(Payment other, Payment payment) {
        Instant start = payment.time().minus(Duration.ofHours(24));
        return other.customer() == payment.customer()
                && !other.time().isBefore(start)
                && !other.time().isAfter(payment.time());
    }

    ZonedDateTime time(Payment payment) {
        return payment.time().atZone(ZoneOffset.UTC);
    }

    int weekday(ZonedDateTime time) {
        return time.getDayOfWeek().getValue() % 7 + 1;
    }

    static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Double mean(List<BigDecimal> amounts) {
        return amounts.isEmpty()
                ? null
                : sum(amounts)
                        .divide(BigDecimal.valueOf(amounts.size()), 6, RoundingMode.HALF_UP)
                        .doubleValue();
    }

    Double deviation(List<BigDecimal> amounts) {
        if (amounts.size() < 2) {
            return null;
        }
        double mean = sum(amounts).doubleValue() / amounts.size();
        double squares = amounts.stream()
                .mapToDouble(amount -> Math.pow(amount.doubleValue() - mean, 2))
                .sum();
        return Math.sqrt(squares / (amounts.size() - 1));
    }

    Double median(List<BigDecimal> sorted) {
        int size = sorted.size();
        return size == 0
                ? null
                : (sorted.get((size - 1) / 2).doubleValue()
                                + sorted.get(size / 2).doubleValue())
                        / 2;
    }
}
