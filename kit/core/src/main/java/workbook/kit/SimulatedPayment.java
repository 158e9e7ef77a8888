package workbook.kit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A payment with its label, which the payment itself does not show. */
public record SimulatedPayment(Payment payment, Fraud fraud) {

    /** Whether the payment is fraudulent. */
    public boolean isFraud() {
        return fraud != Fraud.NONE;
    }

    /**
     * Returns the same payment with its amount multiplied and rounded to cents, half up.
     *
     * @param factor a decimal number, such as {@code 1.5}
     */
    public SimulatedPayment times(String factor) {
        BigDecimal amount = payment.amount().multiply(new BigDecimal(factor)).setScale(2, RoundingMode.HALF_UP);
        return new SimulatedPayment(
                new Payment(payment.id(), payment.time(), payment.customer(), payment.terminal(), amount), fraud);
    }
}
