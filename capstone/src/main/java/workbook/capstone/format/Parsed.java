package workbook.capstone.format;

import workbook.kit.Payment;

/** The result of parsing one record of the topic {@code payments}. */
public sealed interface Parsed {

    /** The record is a payment. */
    record Accepted(Payment payment) implements Parsed {}

    /** The record is not a payment; the reason names the field and the fault, such as {@code amount: negative}. */
    record Rejected(String reason) implements Parsed {}
}
