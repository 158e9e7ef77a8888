package workbook.capstone.streaming;

import workbook.kit.Payment;

/** What became of one record of the {@code payments} topic. */
public sealed interface Parsed {

    /** It is a payment. */
    record Accepted(Payment payment) implements Parsed {}

    /** It is none; the reason names the field and the fault, such as {@code amount: negative}. */
    record Rejected(String reason) implements Parsed {}
}
