package workbook.kit;

/** A payment with its label, which the payment itself does not show. */
public record SimulatedPayment(Payment payment, Fraud fraud) {

    /** Whether the payment is fraudulent. */
    public boolean isFraud() {
        return fraud != Fraud.NONE;
    }
}
