package workbook.capstone.format;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import workbook.kit.Payment;

/**
 * What a payment must fulfil in any format: no negative number, an amount of at most {@link #MAX_AMOUNT} with two decimals,
 * an event time not before 1970 and not more than {@link #MAX_AHEAD} after the record's Kafka timestamp.
 */
public final class PaymentRules {

    /** The largest accepted amount. */
    public static final BigDecimal MAX_AMOUNT = new BigDecimal(1_000_000);

    /**
     * How far a payment's event time may be ahead of the clock: one event far in the future advances every watermark.
     */
    public static final Duration MAX_AHEAD = Duration.ofDays(1);

    private PaymentRules() {}

    /** Returns the payment, with two decimals in its amount. */
    static Payment checked(Payment payment, Instant received) throws Refusal {
        Instant time = payment.time();
        Refusal.unless(!time.isBefore(Instant.EPOCH), "time", "before 1970");
        Refusal.unless(!time.isAfter(received.plus(MAX_AHEAD)), "time", "more than a day in the future");
        Refusal.unless(payment.customer() >= 0, "customer", "negative");
        Refusal.unless(payment.terminal() >= 0, "terminal", "negative");
        return new Payment(payment.id(), time, payment.customer(), payment.terminal(), checkedAmount(payment.amount()));
    }

    private static BigDecimal checkedAmount(BigDecimal amount) throws Refusal {
        Refusal.unless(amount.signum() >= 0, "amount", "negative");
        // Compare before scaling: 1e999999999 is a short text and a very long number.
        Refusal.unless(amount.compareTo(MAX_AMOUNT) <= 0, "amount", "above " + MAX_AMOUNT);
        Refusal.unless(amount.stripTrailingZeros().scale() <= 2, "amount", "more than two decimals");
        return amount.setScale(2);
    }
}
