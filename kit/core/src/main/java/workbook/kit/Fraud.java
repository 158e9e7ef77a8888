package workbook.kit;

/** The kind of fraud of a simulated payment. The ordinals are the handbook's scenarios 0 to 3. */
public enum Fraud {

    /** Genuine. */
    NONE,

    /** An amount above 220: visible in the payment itself. */
    LARGE_AMOUNT,

    /** Paid at a terminal while it is compromised, for 28 days: visible in the terminal's recent frauds. */
    COMPROMISED_TERMINAL,

    /**
     * One in three payments of a compromised customer over 14 days, at five times the amount: visible in the history.
     */
    COMPROMISED_CUSTOMER
}
