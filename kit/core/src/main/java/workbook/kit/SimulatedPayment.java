package workbook.kit;

/** A payment and the truth about it, which a payment itself does not show. */
public record SimulatedPayment(Payment payment, Fraud fraud) {

    /** Whether the payment is fraudulent, in whichever way. */
    public boolean isFraud() {
        return fraud != Fraud.NONE;
    }
}
